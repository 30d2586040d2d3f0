"""Whether a sentence says "not", language by language: what a translation must neither lose nor add.

Two lists for each language. What **denies** by itself (not, never, nobody) must have a match on the other side; what
denies only **softly** (without, hardly, un-) is a match and nothing more, since good translators exchange the two.
"""

from __future__ import annotations

import re
from functools import cache

_DENIES = r"""
en: not no never nobody nothing none nor neither cannot nowhere ain't \w+n['’]t dont didnt cant doesnt isnt
es: no nunca jamás nadie nada ningun[oa]?s? ningún ni tampoco
fr: ne n['’]\w+ pas non ni aucune?s? jamais rien personne nul nulle
ca: no mai ningú ni tampoc
it: non mai nessun[oa]? nessun['’]\w+ niente nulla né no neppure nemmeno neanche
pt: não nunca jamais ninguém nada nenhu(?:m|ma|ns|mas) nem tampouco
gl: non nunca xamais ninguén nada ningu(?:n|nha|ns|nhas) nin tampouco
oc: non pas jamai degun res ni cap
ast: nun non nunca naide nada nin denguna?
an: no nunca dengún denguna cosa ni
sc: no non mai nemos nudda
frp: pas ne n['’]\w+ jamés nion ren
de: nicht kein\w* nie niemals niemand\w* nichts weder nein nirgend\w*
nl: niet geen nooit niemand niets nergens noch nee niks
af: nie geen nooit niemand niks nêrens
da: ikke aldrig ingen intet ingenting hverken nej ej
nb: ikke aldri ingen intet ingenting verken nei
nn: ikkje aldri ingen inkje ingenting verken nei
sv: inte ej icke aldrig ingen inget inga ingenting varken nej ingenstans
is: ekki aldrei engin\w* ekkert enga engu hvorki nei
fi: en et ei emme ette eivät älä älkää eikä enkä etkä emmekä ettekä eivätkä ettei etten ellei ei\w{2,4}
et: ei mitte ega pole polnud poleks ärge ärme ära(?=\s\w+(?!nud|tud)[aeiu]\b)
hu: nem ne nincs\w* nincsen\w* sem se soha sosem senki\w* semmi\w* sincs\w* sehol
lv: ne nav nē nedz nebij\w* nekad neviens (?:(?-i:ne)|^ne)(?!kā\b|dēļ|atkar|liel|pieciešam|gadīj|gais|izb|izšķ|sask|daudz|sen|parast|vis\b|drīkst\b|skait|mier|veikl|pārprot|kārtīb|vēlam|prakt|likum|jauk|paties)\w{3,}
lt: ne nėra niek(?:as|o|ur|ad|uomet|uo|am|ą|ų)\w* nebuv\w* (?:(?-i:ne)|^ne)(?!priklaus|did|toli|maž|papras|išveng|paisant|laim|bent|seni|rv|št|gu|tr|įtik|mokam|žin\w*i|teisė|tiesiog|šdam|šan|šio|prakt|turting|teising|malon)\w{3,}
pl: nie nikt\w* nikogo nikomu nic niczego nigdy nigdzie żad\w+ ani niema
cs: ne není nic ničeho nikdo nikoho nikdy nikde žádn\w+ ani (?:(?-i:ne)|^ne)(?!bo\b|jen\b|ž\b|jv|jmén|jr|ch[aáť]|rv|lson|w|j\w+(?:ší\w*|ěji|eji|íc\w*|míň|spíš)\b|děl|bes|mocni|mocn|dalek|bezpeč|přít|ustál|utr|závisl|hod[aěoyu]|přím|rozum|vyhn|klid|pohod|vinn|dávn|obvykl|jist)\w{2,}
sk: ne nie nič ničoho nikto nikoho nikdy nikde žiadn\w+ ani (?:(?-i:ne)|^ne)(?!bo\b|ž\b|ch\b|chal|chaj|mč|lson|w|rv|deľ|skôr|skor|mec|mocn|ho\b|dávn|bezpeč|priat|ustál|utr|obvykl|závisl|hod[aeoy]|ďalek|hnuteľ|rozum|priam|sie|smiern|jak|jasn)\w{2,}
sl: ne ni niso nisem nisi nismo niste nima\w* noč\w+ nihče nikogar nič ničesar nikoli nikdar nikjer niti nikar nobe\w+ ne\w*bodo
hr: ne nije nisu nisam nisi nismo niste nema\w* neće\w* neću nemoj\w* nikad\w* nitko nikoga ništa niti nigdje nijed\w+ nemam\w* ni
sr: не није нису нисам ниси нисмо нисте нема\w* неће\w* нећу немој\w* никад\w* нико никога ништа нити нигде ниједа\w+
bg: не няма\w* нямал\w* нямат нито никой никого нищо никога никъде недей\w* никак\w* нима
mk: не нема\w* ниту никој никого ништо никогаш никаде никак\w*
uk: не ні нема\w* немає ніхто нікого нічого ніщо ніколи ніде жод\w+ ані
ru: не нет ни никто никого ничего ничто никогда нигде никак\w* нельзя
be: не ні няма нічога ніхто нікога ніколі нідзе аніводн\w+
el: δεν δε μη μην όχι ποτέ κανείς κανέν\w+ κανένας καμία καμιά τίποτα τίποτε ούτε πουθενά
ro: nu n-\w+ niciodată nimeni nimic nici niciun\w* nicio nicidecum deloc
tr: değil\w* yok\w* hayır hiçbir\w* asla hiç kimse (?!tamam)\w{2,}(?:m[ıiuü]yor|maz|mez|madı|medi|mamış|memiş|mayaca|meyece|mayın|meyin|mayız|meyiz|mam|mem)\w*
mt: ma\s\w+x m['’]\w+x mhux mhijiex mhumiex mhijiex qatt xejn ħadd ebda l-ebda
ga: ní(?!\s(?:ba|is|mó)) níl níor níorbh nár nach cha nílim nílid ná\s(?:bí|bíodh|déan|\w+(?:igí|aigí))
ar: [وف]?لا [وف]?لم [وف]?لن [وف]?ليس\w* [وف]?لست\w* [وف]?لسن\w* ألا ألم أليس ألست أبدا أبداً
eu: ez inoiz inor ezer ezin\w* ezta
br: ne n['’]\w+ ket ebet nikun biken
eo: ne neniam neni\w+ nek
"""

_DENIES_SOFTLY = r"""
en: without un(?!d|i|t|c|l\w*s\b)\w{3,} unl\w+ unc\w+ undo\w* in(?:ability|capable|sufficient|complete|visible|secure|accurate|correct|adequate)\w* im(?:possib|prob)\w+ dis(?:agree|like|allow|appear|approv)\w* lack\w* refus\w* fail\w* hardly barely scarcely few little rare\w* seldom unless until den(?:y|ie)\w* prevent\w* avoid\w* instead forbid\w* bann?\w* absen\w+ \w{3,}less miss\w* too only else other\w* los\w+ before less reject\w* wrong than ever any\w* stop\w* don['’]t illegal\w* illegit\w* impract\w+ impati\w+ imperf\w+ impolit\w+ irreg\w+ irresp\w+ irrel\w+ irrep\w+ inde\w+ indirect\w* ineff\w+ inapp\w+ inex\w+ dissatis\w+ discourag\w* disc\w+ disinter\w+ disturb\w* dishon\w+ disadv\w+ dismiss\w* hat(?:e|es|ed|ing|red) non-?\w+ wrong\w* far short ill[- ]\w+ struggl\w* neglect\w* ignor\w* ignorant weak\w* beyond challeng\w* oblique\w* enem\w+
es: sin in(?:capa|sufi|comp|útil|cier|just|acept|evit|segur|exist|vis)\w* im(?:pos|proba|pid|ped)\w* des(?:conoc|acuer|conf|apar|truy|cart)\w* falt\w+ carec\w+ apenas salvo excepto evit\w+ rechaz\w+ neg\w+ menos dej\w+ solo sólo prohib\w+ lugar des(?:con|cont|hon|ord|cuid|agrad|obed|inter|acon|aconsej)\w* ileg\w+ ir(?:re\w{3,}) in(?:dep|dir|efic|dign|felic|segur|sig|viab|gr|qui)\w* ilesos? descontent\w+ rar[oa]s? mal\w* odi\w+ cort[oa]s? lejos nunca poc[oa]s? aparte ignor\w+ tarde libre\w* fuera
fr: sans in(?:capa|suffi|comp|uti|cert|just|accept|évit|exist|connu)\w* im(?:poss|prob)\w* dés(?:accord)\w* manqu\w+ sauf évit\w* empêch\w+ peu guère moins faute interdi\w+ refus\w+ rat\w+ échou\w+ seul\w* ignor\w+ fich\w+ fou\w+ égal rare\w* déconseill\w+ dépourv\w+ priv(?:é|ée|és|ées|er) loin ailleurs tard mauvais\w* mal mé\w{5,} il(?:lég|lisib|lic|log)\w+ ir(?:r\w{4,}) in(?:dign|dép|dir|effic|poss|signif|util|vrai|volont)\w* différen\w* à_peine ferm\w+
ca: sense in(?:capa|sufi|comp|útil|just|accept|evit|segur)\w* im(?:pos|proba|ped)\w* des(?:acord|coneg)\w* falt\w+ gaire evit\w+ manc\w+ menys només rebutj\w+ neg\w+ prohib\w+ res cap poc\w* rar[ae]?s? raramen\w* lluny il·leg\w+ ir(?:re\w{3,}) in(?:dep|dir|efic|dign|segur|viab)\w* mal\w* odi\w+ difícil\w* paralitz\w+ tard lliure\w* fora
it: senza in(?:capa|suffi|comp|util|cert|giust|accett|evit)\w* im(?:poss|prob|ped)\w* mancan\w+ manca\w* tranne evit\w+ meno appena solo rifiut\w+ vieta\w+ neg\w+ assenz\w+ difficil\w+ rar[oaie]\w* poc[oa]\w* poch\w+ lontan\w+ illeg\w+ ir(?:re\w{3,}) in(?:dip|dir|effic|degn|soddis|sicur|felic)\w* mal\w* odi\w+ ignor\w+ tard\w* lieve fuori anziché invece
pt: sem in(?:capa|sufi|comp|útil|cert|just|aceit|evit)\w* im(?:poss|prov|ped)\w* falt\w+ exceto salvo evit\w+ menos deix\w+ só recus\w+ proib\w+ neg\w+ desc\w+ raro\w* rara\w* ileg\w+ ir(?:re\w{3,}) in(?:dep|dir|efic|dign|satisf|segur|felic)\w* mal\w* odi\w+ difícil\w* ignor\w+ longe tarde fora livre\w* pouc\w+
gl: sen in(?:capa|sufi|comp|útil|xust)\w* im(?:pos|ped)\w* falt\w+ evit\w+ menos só
oc: sens sense in\w{4,} des\w{4,}
de: ohne un\w{3,} kaum nur statt anstatt \w{3,}los\w* miss\w* ver(?:hinder|weiger|miss|bot|biet|meid)\w* fehl\w* wenig\w* außer sonst mangel\w* selten\w* bevor gegen il(?:leg|lus)\w+ ir(?:r\w{4,}) in(?:dir|eff|akz|kons)\w* hass\w* selten\w* schlecht\w* schwierig\w* fern fremd\w* egal anders spätestens weigert\w* ablehn\w* lehn\w*
nl: zonder on\w{3,} nauwelijks slechts behalve \w{3,}loos\w* weiger\w* voorkom\w* vermij\w* ontbr\w+ weinig zelden mis\w* tenzij haat\w* hekel ver slecht\w* moeilijk\w* il(?:leg)\w+ ir(?:r\w{4,}) in(?:dir|eff)\w* anders buiten laat
da: uden u\w{3,} knap\w* kun \w{3,}løs\w* mangl\w* undgå\w* sjælden\w* næppe hindr\w* før had\w* svær\w* langt dårlig\w* sen(?:est|ere) udenfor uden_for stop\w* forb\w+ ligeglad\w*
nb: uten u\w{3,} knapt bare \w{3,}løs\w* mangl\w* unngå\w* sjelden\w* neppe hindr\w* før
nn: utan u\w{3,} knapt berre \w{3,}laus\w* mangl\w* unngå\w* sjeldan\w* før
sv: utan o\w{3,} knapp\w* bara \w{3,}lös\w* sakna\w* undvik\w* sällan förhindr\w* slipp\w* innan vägra\w* hata\w* svår\w* långt dålig\w* sen(?:ast|are) utanför sluta\w* illa knappt förbj\w+
is: án ó\w{3,} varla \w{3,}laus\w*
fi: ilman \w{2,}m[aä]tt[aä]\w* \w{3,}t[oö]n \w{3,}tt[oö]m\w+ epä\w+ tuskin vain puut\w+ estä\w+ vältt\w+ harvoin kielt\w+ inho\w* viha\w* kaukana huono\w* myöhään kunnes ulko\w+ lakka\w*
et: ilma \w{3,}mata \w{3,}tu ainult vaevalt eba\w+ puud\w+ väl[td]i\w+ keel\w+ enne harv\w* raske\w* kaugel halb\w* vih\w+ hiljemalt väljas\w* lakka\w+
hu: nélkül \w{2,}(?:talan|telen|tlan|tlen|tlenül|talanul|telenül)\w* alig kivéve hiány\w* tilt\w* meg(?:akad|tagad)\w* kever\w* kevés\w* mielőtt gyűlöl\w* utál\w* messze rossz\w* legkésőbb kívül ritk\w+ abbahagy\w*
lv: bez tikai tikko bez\w{3,} trūk\w* liegt\w* maz pirms nevis ne\w{3,} cit[aāsiu]\w* reti ātrāk tāpat tālu slikt\w+ grūt\w+ vēlāk bezmaz\w+ līdz ienīst\w* ārpus
lt: be be\w{4,} tik vos trūk\w* draud\w* mažai prieš nei ne\w{3,} ret\w+ kit[aoiu]\w* toli blog\w+ sunk\w+ vėliau iki nekent\w+ neapk\w+ už sustab\w+
pl: bez nie\w{3,} brak\w* tylko ledwie unik\w* odm\w+ zapobie\w* zabr\w* mało rzadko zanim rzadk\w+ później odrzuc\w+ nienawi\w+ źle zł[eya]\w* inaczej brakuj\w+ daleko dopóki zaniedb\w+ słab\w+ przesta\w+ zanied\w+ niel\w+
cs: bez jen sotva odm\w+ chyb\w+ zabrán\w+ zakáz\w+ málo ne\w{3,} bez\w{3,} než nejpozd\w+ jedno nerad\w* nenávi\w+ nepřát\w+ špatn\w+ daleko mimo zbyteč\w+ stěží málokd\w+ zříd\w+ odmít\w+ přest\w+
sk: bez len sotva odm\w+ chýb\w+ zabrán\w+ zakáz\w+ málo ne\w{3,} bez\w{3,} než najneskôr neskôr jedno nerád\w* nenávi\w+ nepriat\w+ zle zl[ýáé]\w* ďaleko mimo zbytoč\w+ zried\w+ odmiet\w+ prest\w+
sl: brez ne\w{3,} samo komaj manjka\w* prepreč\w+ zavrn\w+ malo preden redk\w+ sovraž\w+ tež\w+ daleč slab\w+ brez\w{3,} pozneje dokler zunaj prenehal\w*
hr: bez ne\w{3,} samo jedva nedosta\w* spriječ\w+ odbi\w+ malo prije rijetk\w+ mrz\w+ teš\w+ tešk\w+ daleko loš\w+ bez\w{3,} kasnije prest\w+
sr: без не\w{3,} само једва недоста\w* одби\w+ мало пре
bg: без не\w{3,} само едва липс\w+ отка\w+ предотвр\w+ малко преди освен мраз\w+ труд\w+ далеч\w* лош\w+ късно докато извън рядк\w+ незак\w+ престан\w+ без\w{3,}
mk: без не\w{3,} само едвај
uk: без не\w{3,} лише тільки ледве відсут\w+ відмов\w+ мало перш поки без\w{3,} ненавид\w+ далек\w+ поган\w+ пізніше доки поза рідк\w+ припин\w+ байдуже
ru: без не\w{3,} лишь только едва отсут\w+ отка\w+ мало без\w{3,}
be: без не\w{3,} ня\w{3,} толькі
el: χωρίς δίχως αδύν\w+ αδυν\w+ ανίκαν\w+ άγν\w+ απαγορ\w+ αποκλ\w+ αποφ[εύ]\w+ απέφ\w+ αποτυ\w+ απέτυ\w+ ανεπ\w+ μόνο έλλειψη ελλιπ\w+ αρν\w+ λίγ\w+ πριν εκτός μισ[ώεο]\w* μακριά κακ\w+ αργότερα σπάνι\w+ παράνομ\w+ ανεξ\w+ σταμάτ\w+ άσχημ\w+
ro: fără ne\w{3,} in(?:capab|sufi|comp|util|accept)\w* im(?:pos|prob)\w* lips\w* doar abia evit\w+ refuz\w* împied\w+ puțin\w* decât interz\w+ ură\w* urăsc\w* dificil\w* departe rău\w* târziu rar\w* ileg\w+ in(?:dep|dir|efic|sat)\w* dezac\w+ înceta\w*
tr: \w{2,}(?:sız|siz|suz|süz)\w* \w{2,}(?:madan|meden|mayan|meyen|madığ|mediğ|mama|meme|maks|meks)\w* eksik\w* ancak sadece hariç nadir\w* nefret\w* uzak\w* kötü\w* dışında az yasa_dışı yasadışı\w* red\w*
mt: mingħajr bla biss nuqqas\w* ftit qabel ma
ga: gan neamh\w+ mí\w+ do-\w+ éa\w+ easpa diúlt\w+ ach amháin riamh ná
ar: [وف]?ما غير [ب]?دون [ب]?عدم \w*بلا منع\w* رفض\w* إلا قبل نقص فقط يرفض فشل\w* نادرا نادر\w* تحدي\w* خالي\w* بدل\w* بعيد\w* سيئ\w* يكره\w* خارج سوى أقل قليل\w* كاد\w* متعطل\w* تعطيل\w* غير\w* عاجز\w* جهل\w*
eu: gabe in\w{4,} des\w{4,} bakarrik baino
"""

_DENIES_NOTHING = r"""
en: \w+n['’]t (?:it|he|she|they|you|we|i|there)\?|why not|why don['’]t|not only|not just|no doubt|no\. ?\d|nothing but|none other|no longer only|no matter|whether or not|no sooner|no less|no later than|no more than|no fewer than|no longer than|why (?:is|are|was|were|has|have|had|do|does|did|ca|wo|would|could|should)n['’]t|not (?:very |quite |so )?long|or not|not (?:to )?mention|not until|why not
es: por qué no|sin embargo|no obstante|no s[oó]lo|no solamente|sin duda|nada más|sin parar|no deja\w* de|ni más ni menos|de nada|nada menos|no\?|no más (?:tarde )?de|no menos de|o no(?=\W)|antes que nada|no (?:me |te |le |nos )?cab\w+ duda|no hay duda|no es así|no obstante|no fue hasta|no \w+ más que|no \w+ nada más que
fr: non seulement|sans doute|sans cesse|n['’]\w+ qu[e'’]|ne \w+ qu[e'’]|néanmoins|pas seulement|pas à pas|une personne|la personne|cette personne|non plus seulement|n['’]est-ce pas|(?:sa|leur|ma|ta|par|en|chaque|autre|toute|seule|tierce|même|quelle|jeune|grosse|bonne) personne|personne (?:qui|âgée|de)|(?:un|grand|premier|dernier|petit|faux|nouveau|au|leurs?|ses|mes|des|les|ces|de) pas|pas (?:vers|en avant)|ne cess\w+|ne f(?:ait|ont|aisait|aisaient) que|n['’]y a(?:vait)? à peine|pas mal|ne (?:le|la|les|vous|te|me|se) \w+ que|ou (?:non|pas)(?=\W)|il n['’]y a pas de doute|plus \w+ (?:qu['’]il |qu['’]elle |que \w+ )ne|avant que \w+ ne|de (?:peur|crainte) que|à moins que
ca: no obstant(?: això)?|no només|no sols|sens dubte|sense cap dubte|més que mai|res més|no deixa de|cap a|al cap|cap al|de cap|el cap|un cap|oi que no|(?:que|com) no pas|o no(?=\W)|no fa(?:n)? més que|no més (?:tard |de)|no hi ha dubte|no menys de|no deixen? de
it: non solo|non soltanto|senza dubbio|ciononostante|più che mai|non appena|non \w+ che|o (?:no|meno)(?=\W)|non più (?:tardi |di )|non meno di|non c['’]è dubbio|non fa(?:nno)? che|e mai come|non pi[uù] tardi|se mai|quanto mai|come mai|caso mai
pt: não é\?|não obstante|não só|não apenas|sem dúvida|nada mais|no entanto|de nada|não\?|ou não(?=\W)|não mais (?:tarde |de |do )|não menos de|não há dúvida|por que (?:é que )?não|porque é que não|mais (?:do )?que nunca
gl: non obstante|non só|sen dúbida|nada máis
de: nicht nur|nichts anderes|ohne weiteres|ohne Zweifel|nicht wahr|nicht zuletzt|oder nicht|nicht mehr als|nicht später als|kein zweifel|keine frage|warum \w+ (?:\w+ )?nicht|nichts als|nicht weniger als
nl: niet alleen|niet slechts|niets anders dan|nog|of niet|niet meer dan|niet later dan|geen twijfel|waarom \w+ (?:\w+ )?niet
da: ikke kun|ikke bare|ikke mindst|ikke\?
sv: inte bara|inte minst|inte enbart|eller inte\?
fi: ei vain|ei ainoastaan|eikö niin
pl: nie tylko|nie (?:później|mniej|więcej) niż|czy nie|prawda, że nie|bez wątpienia|nie ma wątpliwości|dlaczego nie
cs: nejen|nejenom|není pochyb|že ne|nebo ne|proč ne
sk: nielen|nie len|niet pochýb|nie je pochýb|že nie|alebo nie|prečo ne
uk: не тільки|не лише
ru: не только|не лишь
bg: не само
hr: ne samo
sl: ne samo|ne le
el: όχι μόνο
ro: nu numai|nu doar
hu: nem csak|nemcsak
et: mitte ainult
lv: ne tikai|ne (?:vēlāk|mazāk|vairāk)|nav šaubu
lt: ne tik|ne (?:vėliau|mažiau|daugiau)|nėra abejonių|ar ne
tr: sadece değil|değil mi|hiç (?:bu|şüphe)
mt: mhux biss|mhux talli
ar: [وف]?لا (?:ي|ت)زال\w*|لا (?:ي|ت)تجاوز|لا (?:ي|ت)قل عن|لا شك|لا بد|ولا سيما|لا سيما|ما (?:ي|ت)?زال\w*|إن لم يكن
"""
"""Phrases of denying words that deny nothing: "however" in one language, "not only" in all."""


def is_listed(lang: str) -> bool:
    """Whether denial in this language (BCP 47) is known; no other sentence is judged."""
    return _base(lang) in _read(_DENIES)


def denies(text: str, lang: str) -> bool:
    """Whether the sentence denies by itself."""
    return _searches(_DENIES, _base(lang), _without_idle(text, lang))


def may_deny(text: str, lang: str) -> bool:
    """Whether it denies, if only softly or in a phrase that denies nothing: enough to answer a denial on the other side."""
    return any(_searches(table, _base(lang), text) for table in (_DENIES, _DENIES_SOFTLY))


def _without_idle(text: str, lang: str) -> str:
    idle = _read(_DENIES_NOTHING).get(_base(lang))
    return re.sub(rf"(?<!\w)(?:{idle})", " ", text, flags=re.IGNORECASE) if idle else text


def _searches(table: str, lang: str, text: str) -> bool:
    pattern = _pattern(table, lang)
    return pattern is not None and pattern.search(text) is not None


@cache
def _pattern(table: str, lang: str) -> re.Pattern[str] | None:
    words = _read(table).get(lang)
    return re.compile(rf"(?<![\w'’-])(?:{words.replace(' ', '|')})(?![\w-])", re.IGNORECASE) if words else None


@cache
def _read(table: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return {lang: words for lang, _, words in lines}


def _base(lang: str) -> str:
    return lang.partition("-")[0]
