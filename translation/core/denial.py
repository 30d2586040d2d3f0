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
ca: no mai ningú res ni tampoc cap
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
lv: ne nav nē nebij\w* nekad neviens (?:(?-i:ne)|^ne)(?!kā\b|dēļ|atkar|liel|pieciešam|gadīj|gais|izb|izšķ|sask|daudz|sen|parast|vis\b|drīkst\b|skait|mier|veikl)\w{3,}
lt: ne nėra niek\w+ nebuv\w* (?:(?-i:ne)|^ne)(?!priklaus|did|toli|maž|papras|išveng|paisant|laim|bent|seni|rv|št|gu|tr|įtik|mokam|žin\w*i)\w{3,}
pl: nie nikt\w* nikogo nikomu nic niczego nigdy nigdzie żad\w+ ani niema
cs: ne není nic ničeho nikdo nikoho nikdy nikde žádn\w+ ani (?:(?-i:ne)|^ne)(?!bo\b|jen\b|ž\b|jv|jmén|jr|chá?|chť|děl|bes|mocni|mocn|dalek|bezpeč|přít|ustál|utr|závisl|hod[aěoyu]|přím|rozum|vyhn|klid|pohod|vinn|dávn|obvykl|jist)\w{3,}
sk: ne nie nič ničoho nikto nikoho nikdy nikde žiadn\w+ ani (?:(?-i:ne)|^ne)(?!bo\b|ž\b|ch\b|chaj|deľ|skôr|skor|mec|mocn|ho\b|dávn|bezpeč|priat|ustál|utr|obvykl|závisl|hod[aeoy]|ďalek|hnuteľ|rozum|priam|sie|smiern|jak|jasn)\w{3,}
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
en: without un(?!d|i|t|c|l\w*s\b)\w{3,} unl\w+ unc\w+ undo\w* in(?:ability|capable|sufficient|complete|visible|secure|accurate|correct|adequate)\w* im(?:possib|prob)\w+ dis(?:agree|like|allow|appear|approv)\w* lack\w* refus\w* fail\w* hardly barely scarcely few little rare\w* seldom unless until den(?:y|ie)\w* prevent\w* avoid\w* instead forbid\w* bann?\w* absen\w+ \w{3,}less miss\w* too only else other\w* los\w+ before less reject\w* wrong than ever any\w* stop\w* don['’]t
es: sin in(?:capa|sufi|comp|útil|cier|just|acept|evit|segur|exist|vis)\w* im(?:pos|proba|pid|ped)\w* des(?:conoc|acuer|conf|apar|truy|cart)\w* falt\w+ carec\w+ apenas salvo excepto evit\w+ rechaz\w+ neg\w+ menos dej\w+ solo sólo prohib\w+ lugar
fr: sans in(?:capa|suffi|comp|uti|cert|just|accept|évit|exist|connu)\w* im(?:poss|prob)\w* dés(?:accord)\w* manqu\w+ sauf évit\w* empêch\w+ peu guère moins faute interdi\w+ refus\w+ rat\w+ échou\w+ seul\w*
ca: sense in(?:capa|sufi|comp|útil|just|accept|evit|segur)\w* im(?:pos|proba|ped)\w* des(?:acord|coneg)\w* falt\w+ gaire evit\w+ manc\w+ menys només rebutj\w+ neg\w+ prohib\w+
it: senza in(?:capa|suffi|comp|util|cert|giust|accett|evit)\w* im(?:poss|prob|ped)\w* mancan\w+ manca\w* tranne evit\w+ meno appena solo rifiut\w+ vieta\w+ neg\w+
pt: sem in(?:capa|sufi|comp|útil|cert|just|aceit|evit)\w* im(?:poss|prov|ped)\w* falt\w+ exceto salvo evit\w+ menos deix\w+ só recus\w+ proib\w+ neg\w+ desc\w+
gl: sen in(?:capa|sufi|comp|útil|xust)\w* im(?:pos|ped)\w* falt\w+ evit\w+ menos só
oc: sens sense in\w{4,} des\w{4,}
de: ohne un\w{3,} kaum nur statt anstatt \w{3,}los\w* miss\w* ver(?:hinder|weiger|miss|bot|biet|meid)\w* fehl\w* wenig\w* außer sonst mangel\w* selten\w* bevor gegen
nl: zonder on\w{3,} nauwelijks slechts behalve \w{3,}loos\w* weiger\w* voorkom\w* vermij\w* ontbr\w+ weinig zelden mis\w* tenzij
da: uden u\w{3,} knap\w* kun \w{3,}løs\w* mangl\w* undgå\w* sjælden\w* næppe hindr\w* før
nb: uten u\w{3,} knapt bare \w{3,}løs\w* mangl\w* unngå\w* sjelden\w* neppe hindr\w* før
nn: utan u\w{3,} knapt berre \w{3,}laus\w* mangl\w* unngå\w* sjeldan\w* før
sv: utan o\w{3,} knapp\w* bara \w{3,}lös\w* sakna\w* undvik\w* sällan förhindr\w* slipp\w* innan vägra\w*
is: án ó\w{3,} varla \w{3,}laus\w*
fi: ilman \w{2,}m[aä]tt[aä]\w* \w{3,}t[oö]n \w{3,}tt[oö]m\w+ epä\w+ tuskin vain puut\w+ estä\w+ vältt\w+ harvoin kielt\w+
et: ilma \w{3,}mata \w{3,}tu ainult vaevalt eba\w+ puud\w+ väl[td]i\w+ keel\w+ enne
hu: nélkül \w{2,}(?:talan|telen|tlan|tlen|tlenül|talanul|telenül)\w* alig kivéve hiány\w* tilt\w* meg(?:akad|tagad)\w* kever\w* kevés\w* mielőtt
lv: bez tikai tikko bez\w{3,} trūk\w* liegt\w* maz pirms nevis ne\w{3,}
lt: be be\w{4,} tik vos trūk\w* draud\w* mažai prieš nei ne\w{3,}
pl: bez nie\w{3,} brak\w* tylko ledwie unik\w* odm\w+ zapobie\w* zabr\w* mało rzadko zanim
cs: bez jen sotva odm\w+ chyb\w+ zabrán\w+ zakáz\w+ málo ne\w{3,} bez\w{3,} než
sk: bez len sotva odm\w+ chýb\w+ zabrán\w+ zakáz\w+ málo ne\w{3,} bez\w{3,} než
sl: brez ne\w{3,} samo komaj manjka\w* prepreč\w+ zavrn\w+ malo preden
hr: bez ne\w{3,} samo jedva nedosta\w* spriječ\w+ odbi\w+ malo prije
sr: без не\w{3,} само једва недоста\w* одби\w+ мало пре
bg: без не\w{3,} само едва липс\w+ отка\w+ предотвр\w+ малко преди освен
mk: без не\w{3,} само едвај
uk: без не\w{3,} лише тільки ледве відсут\w+ відмов\w+ мало перш поки без\w{3,}
ru: без не\w{3,} лишь только едва отсут\w+ отка\w+ мало без\w{3,}
be: без не\w{3,} ня\w{3,} толькі
el: χωρίς δίχως αδύν\w+ αδυν\w+ ανίκαν\w+ άγν\w+ απαγορ\w+ αποκλ\w+ αποφ[εύ]\w+ απέφ\w+ αποτυ\w+ απέτυ\w+ ανεπ\w+ μόνο έλλειψη ελλιπ\w+ αρν\w+ λίγ\w+ πριν εκτός
ro: fără ne\w{3,} in(?:capab|sufi|comp|util|accept)\w* im(?:pos|prob)\w* lips\w* doar abia evit\w+ refuz\w* împied\w+ puțin\w* decât interz\w+
tr: \w{2,}(?:sız|siz|suz|süz)\w* \w{2,}(?:madan|meden|mayan|meyen|madığ|mediğ|mama|meme|maks|meks)\w* eksik\w* ancak sadece hariç nadir\w*
mt: mingħajr bla biss nuqqas\w* ftit qabel ma
ga: gan neamh\w+ mí\w+ do-\w+ éa\w+ easpa diúlt\w+ ach amháin riamh ná
ar: [وف]?ما غير [ب]?دون [ب]?عدم \w*بلا منع\w* رفض\w* إلا قبل نقص فقط يرفض فشل\w* نادرا
eu: gabe in\w{4,} des\w{4,} bakarrik baino
"""

_DENIES_NOTHING = r"""
en: \w+n['’]t (?:it|he|she|they|you|we|i|there)\?|why not|why don['’]t|not only|not just|no doubt|no\. ?\d|nothing but|none other|no longer only|no matter|whether or not|no sooner|no less
es: por qué no|sin embargo|no obstante|no s[oó]lo|no solamente|sin duda|nada más|sin parar|no deja\w* de|ni más ni menos|de nada|nada menos|no\?
fr: non seulement|sans doute|sans cesse|n['’]\w+ qu[e'’]|ne \w+ qu[e'’]|néanmoins|pas seulement|pas à pas|une personne|la personne|cette personne|non plus seulement|n['’]est-ce pas
ca: no obstant(?: això)?|no només|no sols|sens dubte|sense cap dubte|més que mai|res més|no deixa de|cap a|al cap|cap al|de cap|el cap|un cap|oi que no
it: non solo|non soltanto|senza dubbio|ciononostante|più che mai|non appena|non \w+ che
pt: não é\?|não obstante|não só|não apenas|sem dúvida|nada mais|no entanto|de nada|não\?
gl: non obstante|non só|sen dúbida|nada máis
de: nicht nur|nichts anderes|ohne weiteres|ohne Zweifel|nicht wahr|nicht zuletzt
nl: niet alleen|niet slechts|niets anders dan|nog
da: ikke kun|ikke bare|ikke mindst|ikke\?
sv: inte bara|inte minst|inte enbart|eller inte\?
fi: ei vain|ei ainoastaan|eikö niin
pl: nie tylko
cs: nejen|nejenom
sk: nielen|nie len
uk: не тільки|не лише
ru: не только|не лишь
bg: не само
hr: ne samo
sl: ne samo|ne le
el: όχι μόνο
ro: nu numai|nu doar
hu: nem csak|nemcsak
et: mitte ainult
lv: ne tikai
lt: ne tik
tr: sadece değil|değil mi
mt: mhux biss|mhux talli
"""
"""Phrases of denying words that deny nothing: "however" in one language, "not only" in all."""


def is_listed(lang: str) -> bool:
    """Whether denial in this language (BCP 47) is known; no other sentence is judged."""
    return _base(lang) in _read(_DENIES)


def denies(text: str, lang: str) -> bool:
    """Whether the sentence denies by itself."""
    return _searches(_DENIES, _base(lang), _without_idle(text, lang))


def may_deny(text: str, lang: str) -> bool:
    """Whether it denies, if only softly: enough to answer a denial on the other side."""
    return denies(text, lang) or _searches(_DENIES_SOFTLY, _base(lang), text)


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
