"""Numbers of a sentence, however they are written: digits, words, hours of the clock, months, Roman centuries.

Two sentences agree when each number of one has an answer in the other. What human translators do to a number while
keeping its meaning (8 for "eight", 15 h for 3 p.m., "380 tys." for 380,000, XIX for 19th, kilometres for miles) is an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import cache

_SPACE = " \u00a0\u202f\u2009"
_GROUPED = re.compile(rf"\d{{1,3}}(?:[.,'’{_SPACE}]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)")
_DECIMAL = re.compile(r"(?<![\d.,:/-])\d+[.,]\d+(?![.,:/]?\d)")
_PLAIN = re.compile(r"\d+")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")

_THOUSAND = r"thousand|k\b|mil\b|mila\b|mille\b|tausend|tsd|duizend|tusen|tusind|þúsund|tuhat|tuhan|tūkst|tūksto|tys|tisíc|tis\b|tisoč|tisuć|хиляд|хил|тис|тыс|χιλ|ezer|bin\b|elf|míle|آلاف|ألف|milers?\b|mii\b|de mii"
_MILLION = r"million|mill\b|mio\b|m\b(?!\.)|mn\b|mln|mil+i?[oóò]n|milh|milion|miljo[eo]?n|milj|milli?ó|milio[ai]n|mil\.|мил\.|милион|милл|млн|мільйон|мілья|εκατ|milyon|milij[oóu]n|milj[oóu]n|milli[oó]n|مليون|ملايين|milun|milliun"
_BILLION = r"billion|bn\b|mrd|mld|milliard|miliard|miljard|millárd|milijard|милиард|мільярд|млрд|δισ|milyar|mil millones|mil milions|mil milhões|مليار|bilijun|billiún|b\b|billó|bilión"
_SCALES = (
    (Decimal(10) ** 9, re.compile(rf"[{_SPACE}-]?(?:{_BILLION})", re.IGNORECASE)),
    (Decimal(10) ** 6, re.compile(rf"[{_SPACE}-]?(?:{_MILLION})", re.IGNORECASE)),
    (Decimal(10) ** 3, re.compile(rf"[{_SPACE}-]?(?:{_THOUSAND})", re.IGNORECASE)),
)

_WORDS = r"""
en: one|once|single|an?\b two|twice|couple|both|pair three|triple|thrice four five six seven eight nine ten|decade eleven twelve|dozen
es: un\w? dos|ambos|par tres cuatro cinco seis siete ocho nueve diez|década once doce
fr: une? deux trois quatre cinq six sept huit neuf dix|décennie onze douze
ca: una? dos|dues|ambdós tres quatre cinc sis set vuit nou deu|dècada onze dotze
it: un\w? due tre quattro cinque sei sette otto nove dieci|decenni\w undici dodici
pt: uma? dois|duas três quatro cinco seis sete oito nove dez|década\w? onze doze
gl: un|unha dous|dúas tres catro cinco seis sete oito nove dez|década once doce
oc: un|una dos|doas tres quatre cinc sièis sèt uèch nòu dètz onze dotze
de: eins?|ein\w\w? zwei\w*|beid\w+ drei\w* vier\w* fünf\w* sechs\w* sieb\w* acht\w* neun\w* zehn\w*|Jahrzehnt\w* elf\w* zwölf\w*
nl: een|één|eerste twee\w*|beide drie\w* vier\w* vijf\w* zes\w* zeven\w* acht\w* negen\w* tien\w*|decennium elf\w* twaalf\w*
da: en|et|één to tre fire fem seks syv otte ni ti|tiår|årti\w* elleve tolv
nb: en|ett? to tre fire fem seks sju|syv åtte ni ti elleve tolv
nn: ein|eitt? to tre fire fem seks sju åtte ni ti elleve tolv
sv: en|ett två|båda tre fyra fem sex sju åtta nio tio|årtionde\w*|decenni\w+ elva tolv
is: ein\w* tve\w+|tv\w+ þr\w+ fj[óö]\w+ fimm sex sjö átta níu tíu ellefu tólf
fi: yksi|yhde\w+|ensim\w+ kaksi|kahde\w+|kaht\w+|toi\w+ kolm\w+ neljä\w* vii[sdt]\w+ kuu[sd]\w+ seitsem\w+ kahdeks\w+ yhdeks\w+ kymmen\w+|vuosikymmen\w* yksitoista kaksitoista
et: üks|ühe\w* kaks|kahe\w* kolm\w* neli|nelja\w* vii[se]\w* kuu[se]\w* seitse\w* kaheksa\w* üheksa\w* küm\w+|aastaküm\w+ üksteist kaksteist
lv: vien\w* div\w+ trīs|tri\w+ četr\w+ piec\w* seš\w* septi\w* asto\w* devi\w* desmit\w* vienpadsmit\w* divpadsmit\w*
lt: vien\w* d[uv]\w+ tr[iy]\w+ ketu?r\w+ penk\w+ šeš\w+ septyn\w+ aštuon\w+ devyn\w+ dešimt\w* vienuolik\w* dvylik\w*
pl: jed[en]\w* dw\w+|drug\w+ trz\w+|trój\w+ czter\w+|czwar\w+ pię\w+|piąt\w+ sześ\w+|szós\w+ siedem\w*|siedmi\w+|siódm\w+ os[mi]\w+|ósm\w+ dziewię\w+ dziesi\w+ jedenast\w+ dwanaś\w+
cs: jed[en]\w* dv\w+|druh\w+|oba tř\w+ čty[rř]\w+|čtvr\w+ pět\w*|pát\w+ šest\w* sedm\w* os[mt]\w* devět\w*|devát\w+ dese[tť]\w*|desát\w+ jedenáct\w* dvanáct\w*
sk: jed[en]\w* dv\w+|druh\w+|obaja tr[io]\w*|treť\w+ štyr\w+|štvr\w+ pä[tť]\w*|piat\w+ šes[tť]\w*|šiest\w+ sedem\w*|siedm\w+ os[em]\w* devä[tť]\w* desa[tť]\w*|desiat\w+ jedenás[tť]\w* dvanás[tť]\w*
sl: e[nd]\w* dv\w+|drug\w+ tr[ie]\w* štir\w+|četr\w+ pet\w* šest\w* sed[em]\w* os[em]\w* devet\w* deset\w* enajst\w* dvanajst\w*
hr: jed[an]\w* dv\w+|drug\w+|oba tr[io]\w*|treć\w+ četir\w+|četvr\w+ pet\w* šest\w* sed[am]\w* os[am]\w* devet\w* deset\w* jedanaest\w* dvanaest\w*
sr: јед[ан]\w* дв\w+|друг\w+ тр[ио]\w* четир\w+ пет\w* шест\w* сед[ам]\w* ос[ам]\w* девет\w* десет\w* једанаест\w* дванаест\w*
bg: ед[ин]\w* дв\w+|втор\w+ тр[ие]\w* четир\w+|четвър\w+ пет\w* шест\w* сед[ем]\w* ос[ем]\w* девет\w* десет\w* единадесет\w* дванадесет\w*
mk: ед[ен]\w* дв\w+ тр[ие]\w* четир\w+ пет\w* шест\w* сед[ум]\w* ос[ум]\w* девет\w* десет\w* единаесет\w* дванаесет\w*
uk: од[ин]\w* дв\w+|друг\w+ тр\w+ чотир\w+|четвер\w+ п['’ʼ]ят\w* шіст\w*|шест\w+ сім\w*|сьом\w+|семи\w* вос[ьи]\w*|вісім\w* дев['’ʼ]ят\w* десят\w* одинадцят\w* дванадцят\w*
ru: од[ин]\w* дв\w+|втор\w+ тр\w+ четыр\w+|четвер\w+ пят\w* шест\w* сем\w*|седьм\w+ вос[ье]\w* девят\w* десят\w* одиннадцат\w* двенадцат\w*
be: ад[зн]\w* дв\w+|друг\w+ тр\w+ чатыр\w+ пяц\w* шэсц\w* сем\w*|сям\w* вос[еь]\w* дзевяц\w* дзесяц\w* адзінаццац\w* дванаццац\w*
el: ένα\w*|μία?|ενός δύο|δυο τρ[ιε]\w+|τρί\w+ τέσσερ\w+|τεσσάρων|τέταρτ\w+ πέντε|πέμπτ\w+ έξι|έκτ\w+ ε[πφ]τά|έβδομ\w+ ο[κχ]τώ|όγδο\w+ ενν[ιέ]\w+|ένατ\w+ δέκα|δεκα\w*|δέκατ\w+ έντεκα δώδεκα
ro: un|o|una doi|două|ambele trei patru cinci șase șapte opt nou[ăa] zece|deceniu unsprezece doisprezece|douăsprezece
hu: egy\w* két\w*|kett\w+|másod\w* három\w*|harm\w* négy\w*|negy\w* öt\w* hat\w* hét\w*|het\w* nyolc\w* kilenc\w* tíz\w*|tiz\w*|évtized\w* tizenegy\w* tizenkét\w*|tizenkett\w+
tr: bir\w* iki\w* üç\w* dört\w*|dörd\w* beş\w* altı\w* yedi\w* sekiz\w* dokuz\w* on\w* onbir\w* oniki\w*
mt: wieħed|waħda|ewlen\w+ żew[gġ]\w*|tnejn|tieni\w* tlie[tn]\w*|tielet|tliet erb\w+|raba ħam[es]\w+ sit[tn]\w*|sitt seb\w+ tm[ie]\w+|tmin\w* dis[a’']\w*|disgħ\w* għax[ra]\w* ħdax tnax
ga: aon|amháin|haon dhá|beirt|dó dtrí|trí|triúr|tr[ií]ú ceithre|ceathair|ceathrar cúig\w*|cúigear sé|sh?éú|seisear seacht|seachtar hocht|ocht\w* naoi|naonúr de?ich\w*|deichniúr
eu: bat bi|bik tru|hiru\w* lau\w* bost\w* sei\w* zazpi\w* zortzi\w* bederatzi\w* hamar\w* hamaika hamabi
ar: واحد\w* اثن\w+|إثن\w+|ثان\w+|\w+[تا]ين\b|كلا ثلاث\w*|ثالث\w* أربع\w*|رابع\w* خمس\w*|خامس\w* ست\w*|سادس\w* سبع\w*|سابع\w* ثماني\w*|ثمان\w*|ثامن\w* تسع\w*|تاسع\w* عشر\w*|عاشر\w*|\w*عقد\w* أحد_عشر اثن\w+
"""
"""One to twelve, a column for each; `|` between forms. Numbers that good translators write as words or digits as they like."""

_MONTHS = r"""
en: jan(?:uary)?\b feb march|mar\b apr may\b june?\b july?\b aug\w* sep oct nov dec
es: enero|ene\b febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre
fr: janvier|janv\b février|févr mars avril mai\b juin juillet août septembre octobre novembre décembre
ca: gener\b febrer març abril maig juny juliol agost setembre octubre novembre desembre
it: gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
pt: janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
gl: xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro
oc: genièr febrièr març abril mai\b junh julhet agost setembre octòbre novembre decembre
ast: xineru febreru marzu abril mayu xunu xunetu agostu setiembre ochobre payares avientu
de: januar februar märz april mai\b juni juli august september oktober november dezember
nl: januari februari maart april mei juni juli augustus september oktober november december
da: januar februar marts april maj\b juni juli august september oktober november december
nb: januar februar mars april mai\b juni juli august september oktober november desember
nn: januar februar mars april mai\b juni juli august september oktober november desember
sv: januari februari mars april maj\b juni juli augusti september oktober november december
is: janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
fi: tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu
et: jaanuar veebruar märts april mai\b juuni juuli august septemb oktoob novemb detsemb
lv: janvār febru mart aprī maij jūnij jūlij august sept oktobr novemb decemb
lt: sausi vasari kovo|kovą baland geguž birž liep rugpj rugs spali lapkri gruod
pl: stycz lut[ey] mar(?:zec|c[aeu]) kwie maj\w? czerwi?e?c lip(?:iec|c) sierp wrze|wrzś październik listopad grudzi|grudni
cs: led[en]n? únor břez[en] dub[enu]n? květ[en] červ(?:en\b|na\b|nu\b) červenec|července|červenci srp[en] září říj[en] listopad prosin
sk: január február marec|marc apríl máj\w? jún jú[l] august septemb októb novemb decemb
sl: januar februar mar[ce] april maj\w? junij julij avgust septemb oktob novemb decemb
hr: siječ[an] veljač ožuj trav[na] svib lip[an]n? srp[an]n? kolovoz ruj[an]n? listopad studen prosin
sr: јануар фебруар март април мај јун јул август септемб октоб новемб децемб
bg: януари февруари март април май\b юни юли август септември октомври ноември декември
mk: јануари февруари март април мај јуни јули август септември октомври ноември декември
uk: січ[ен]н лют[ио] берез[ен]н квіт[ен]н трав[ен]н черв(?:ень|ня|ні) лип(?:ень|ня|ні) серп[ен]н верес жовт[ен] листопад груд[ен]н
ru: январ феврал март апрел ма[йяе]\b июн июл август сентябр октябр ноябр декабр
be: студзен лют(?:ы|ага) сакавік красавік ма[йя]\b чэрв ліпен|ліпн жнів верас|верасн кастрычнік лістапад снеж
el: ιανουάρ|ιανουαρ φεβρου μάρτι|μαρτί απρ[ίι]λ μά[ιϊ]ο|μα[ΐϊί]ου ιούνι|ιουνί ιούλι|ιουλί αύγου|αυγού σεπτ[εέ]μ οκτ[ωώ]β νο[εέ]μβ δεκ[εέ]μβ
ro: ianuarie februarie martie aprilie (?<=\d\s)mai\b iunie iulie august septembrie octombrie noiembrie decembrie
hu: január február március|márc április|ápr május június július augusztus szeptember október november december
tr: ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
mt: jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru
ga: eanáir feabhra márta a?aibreáin?|aibreán bealtaine meitheamh iúil lúnasa mh?eán_fómhair dheireadh_fómhair samhain|shamhain nollai
ar: يناير فبراير مارس أبريل مايو يونيو|يونيه يوليو|يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
eu: urtarril otsail martxo apiril maiatz ekain uztail abuztu irail urri azaro abendu
"""

_IMPERIAL = re.compile(
    r"\b(?:feet|foot|ft|inch|inches|miles?|mph|pounds?|lbs?|yards?|acres?|gallons?|ounces?|oz|stone|degrees?)\b|°F|\b\d0s\b|Fahrenheit"
    r"|\b(?:قدم|أقدام|بوص|ميل|أميال|رطل|أرطال|يارد|فدان|أفدنة|جالون|أوقي|فهرنهايت)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    rf"[{_SPACE}]?\([~≈]?\s?\d[\d.,]*\s?(?:k?m|cm|mm|kg|l|°C|jūdž\w+|mil\w+|miles|km/h|kph|mph)\)"
)
"""A measure said again in other units, which a translator may leave out or add."""
_AFTERNOON = re.compile(
    r"\d\s?(?:p\.?\s?m\b|pm\b)|\d\s(?:de la (?:tarde|noche)|del pomeriggio|de l'après-midi|de la tarda)"
    r"|\d\s(?:مساء|عصر|ظهر|بعد الظهر)",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\d{2,4}['’]?(?:s|er|-?tal\w*|-?luv\w*)\b|['’]\d\ds?\b|(?:19|20)\d0")
_UNITS = (1.09, 1.61, 2.2, 2.47, 2.54, 3.28, 3.79, 6.35, 28.35, 30.5)
"""Yards, miles, pounds, acres, inches, feet, gallons, stones, ounces, feet in centimetres."""
_ROUNDING = 0.13
_BEFORE_UNIT, _AFTER_UNIT = 8, 3
_ROMAN = re.compile(
    r"(?<!\w)([IVXL]{1,6})(?![\w'’])|(?<!\w)([IVXL]{2,6})(?=-?\p{Ll}|e\b|è)".replace(r"\p{Ll}", "[a-zà-ž]")
)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_SMALL = Decimal(12)
_HALF_A_DAY = Decimal(12)
_MONTH_NEXT_TO_NUMBER = 14
"""Characters between a month's name and the number that makes it one: `May 14`, `14 de mayo de`."""


def numbers_differ(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether a number of one sentence has no answer in the other; languages are BCP 47."""
    missing, added = _digits(before), _digits(after)
    missing, added = missing - added, added - missing
    if not missing and not added:
        return False
    _cross_out(missing, added, before, after)
    left = [value for value in missing.elements() if not _is_said(value, after, target)]
    more = [value for value in added.elements() if not _is_said(value, before, source)]
    said, told = _measures(before), _measures(after)
    if said and told:  # both count in the same units, so nothing was converted
        return bool(left or more)
    return _are_unconverted(left, more, said, told) or _are_unconverted(more, left, told, said)


def _are_unconverted(
    values: Iterable[Decimal], others: Collection[Decimal], ours: Collection[Decimal], theirs: Collection[Decimal]
) -> bool:
    """Whether any of these values of one text is no measure that the other has in other units."""
    return not all(
        any(_is_measure_of(value, other) for other in (*theirs, *(others if value in ours else ()))) for value in values
    )


def _measures(text: str) -> Collection[Decimal]:
    """Values that stand beside an English unit: `30 yards`, `1 to 4 inches`, `6-foot-6`."""
    near = (text[max(0, unit.start() - _BEFORE_UNIT) : unit.end() + _AFTER_UNIT] for unit in _IMPERIAL.finditer(text))
    return {value for part in near for value in _digits(part)}


def _is_measure_of(value: Decimal, other: Decimal) -> bool:
    """Whether one could be the other in the units of the other system, rounded."""
    celsius = (value - 32) / Decimal("1.8")
    ratio = float(max(value, other) / max(min(value, other), Decimal("0.01")))
    return abs(celsius - other) <= 1 or any(abs(ratio / unit - 1) < _ROUNDING for unit in _UNITS)


def months_differ(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether a date has another month, or one that is gone."""
    said, told = _dates(before, source), _dates(after, target)
    if said is None or told is None:
        return False
    return _has_no_answer(said, after, target) or _has_no_answer(told, before, source)


def begins_with_month(text: str, lang: str) -> bool:
    """Whether a month's name stands first."""
    return any(pattern.match(text) for pattern in _months(lang))


def _has_no_answer(months: Collection[int], text: str, lang: str) -> bool:
    numbers = _digits(text)
    named = {month for month, pattern in enumerate(_months(lang), 1) if pattern.search(text)}
    return any(month not in named and Decimal(month) not in numbers for month in months)


def _dates(text: str, lang: str) -> Collection[int] | None:
    """Months that stand beside a number; None where the language's months are not listed."""
    patterns = _months(lang)
    if not patterns:
        return None
    near = _MONTH_NEXT_TO_NUMBER
    return {
        month
        for month, pattern in enumerate(patterns, 1)
        for found in pattern.finditer(text)
        if re.search(r"\d", text[max(0, found.start() - near) : found.end() + near])
    }


def _digits(text: str) -> Counter[Decimal]:
    """The numbers written in digits."""
    return Counter(_values(_IN_BRACKETS.sub("", text.translate(_EASTERN))))


def _values(text: str) -> Iterator[Decimal]:
    at = 0
    while found := _PLAIN.search(text, at):
        start = found.start()
        whole = _GROUPED.match(text, start) if text[start] != "0" else None
        part = None if whole else _DECIMAL.match(text, start)
        token = whole or part or found
        at = token.end()
        yield _value(token[0], is_grouped=bool(whole)) * _scale(text, at)


def _value(token: str, *, is_grouped: bool) -> Decimal:
    if not is_grouped:
        return Decimal(token.replace(",", ".")).normalize()
    head, mark, tail = re.fullmatch(r"(.*?\d{3})(?:([.,])(\d{1,2}))?", token).groups()  # type: ignore[union-attr]
    return Decimal(re.sub(r"\D", "", head) + (f".{tail}" if mark else "")).normalize()


def _scale(text: str, at: int) -> Decimal:
    return next((scale for scale, pattern in _SCALES if pattern.match(text, at)), Decimal(1))


def _cross_out(missing: Counter[Decimal], added: Counter[Decimal], before: str, after: str) -> None:
    """Take away pairs that mean the same: 3 p.m. and 15, 7.55 and 7:55, the 1930s and the 30s, 0.5 million and 500,000."""
    for ours, theirs, text in ((missing, added, before), (added, missing, after)):
        for value in list(ours):
            for same in _other_ways(value, text):
                if ours[value] > 0 and all(theirs[each] > 0 for each in same):
                    ours[value] -= 1
                    theirs.subtract(same)
    for each in (missing, added):
        each.pop(Decimal(0), None)


def _other_ways(value: Decimal, text: str) -> Iterator[tuple[Decimal, ...]]:
    whole = int(value)
    if value == whole and _AFTERNOON.search(text) and whole <= _HALF_A_DAY:
        yield (value + _HALF_A_DAY,)
    if value != whole:
        minutes = Decimal(str(value).partition(".")[2].ljust(2, "0")[:2])
        hours = [Decimal(whole), *([Decimal(whole) + _HALF_A_DAY] if _AFTERNOON.search(text) else [])]
        yield from ((hour, minutes) for hour in hours)
    if 1000 <= value <= 2100 and value == whole and _DECADE.search(text):
        yield (value // 100 + 1, value % 100)
        yield (value % 100,)


def _is_said(value: Decimal, text: str, lang: str) -> bool:
    """Whether the text says the number in words, as a Roman one, or as another decade's form."""
    if value == value.to_integral_value() and int(value) in _romans(text):
        return True
    if value <= _SMALL and value == value.to_integral_value() and value >= 1:
        forms = _small_words(lang)
        return not forms or forms[int(value) - 1].search(text) is not None
    return _round_word(value, text, lang)


def _round_word(value: Decimal, text: str, lang: str) -> bool:
    """A round number may stand in the text as a word: tens by their own, "two thousand" by both of its words."""
    for scale, word in _ROUND_WORDS:
        count = value / scale
        if count >= 1 and count == int(count) and count <= _SMALL and word.search(text):
            return count == 1 or _is_said(count, text, lang)
    return value in _TENS and _TENS[value].search(text) is not None


_HUNDREDS = (
    r"hundred|cent|cien|hundert|hundra|honderd|hundrede|hundre|sata|sada|simts|šimt|sto\b|stov|st[oe][tk]|сто|сот|ста|εκατ|sut[ăe]|"
    r"száz|yüz|mija|mitt|céad|مائ|مئ|ehun"
)
_ROUND_WORDS = tuple(
    (Decimal(scale), re.compile(rf"(?<!\w)\w*(?:{words})", re.IGNORECASE))
    for scale, words in ((10**9, _BILLION), (10**6, _MILLION), (10**3, _THOUSAND), (100, _HUNDREDS))
)
_TENS = {
    Decimal(value): re.compile(words, re.IGNORECASE)
    for value, words in {
        13: r"thirteen|trece|treize|tretze|tredici|treze|dreizehn|dertien|trett|tretton|kolmeteist|kolmetoista|tizenhárom|trzyna|třinác|trinás|trinajst|trinaest|тринад|тринай|δεκατρ|treisprezece|on ?üç|عشر",
        14: r"fourteen|catorce|quatorze|catorze|quattordici|vierzehn|veertien|fjorten|fjorton|czterna|čtrnác|štrnás|štirinajst|četrnaest|четирин|чотирнад|tizennégy|neliteist|neljätoista|ketur|četrpad|paisprezece|on ?dört|عشر|quinzena|fortnight",
        15: r"fifteen|quince|quinze|quindici|fünfzehn|vijftien|femten|femton|viisteist|viisitoista|tizenöt|piętna|patnác|pätnás|petnajst|petnaest|петнад|п.ятнад|δεκαπέν|cincisprezece|piecpadsmit|penkiolik|on ?beş|عشر|quinzaine",
        18: r"eighteen|dieciocho|dix-huit|divuit|diciotto|dezoito|achtzehn|achttien|atten|arton|tizennyolc|osiemna|osmnác|osemnás|osemnajst|osamnaest|осемнад|вісімнад|δεκαοκτ|optsprezece|kaheksateist|kahdeksantoista|aštuoniolik|astoņpad|on ?sekiz|عشر",
        20: r"twent|veint|vingt|vint|venti|vinte|zwanzig|twintig|tyve|tjue|tjugo|kakskümmend|kahekümn|kaksikymm|kahdenkym|húsz|dwadzie|dvace|dvads|dvajset|dvadeset|двадес|двад|είκοσι|douăzeci|divdesmit|dvidešimt|yirmi|għoxrin|fiche|عشر|hogei|score",
        30: r"thirt|treint|trent|trinta|dreißig|dertig|tredive|tretti|trettio|kolmkümmend|kolmekümn|kolmikymm|kolmenkym|harminc|trzydzie|třice|trids|trideset|тридес|тридц|τριάντα|treizeci|trīsdesmit|trisdešimt|otuz|tletin|tríoch|ثلاث|hogeita",
        40: r"fort|cuarent|quarant|quaranta|quarenta|vierzig|veertig|fyrre|førti|fyrtio|nelikümmend|neljakümn|neljäkymm|negyven|czterdzie|čtyřice|štyrids|štirideset|četrdeset|четирид|сорок|σαράντα|patruzeci|četrdesmit|keturiasdeš|kırk|erbgħin|daichead|أربع|berrogei",
        50: r"fift|cincuent|cinquant|cinquanta|cinquenta|fünfzig|vijftig|halvtreds|femti|femtio|viiskümmend|viiekümn|viisikymm|ötven|pięćdzie|padesá|päťdes|petdeset|pedeset|петдес|п.ятдес|πενήντα|cincizeci|piecdesmit|penkiasdeš|elli|ħamsin|caoga|خمس|berrogeita",
        60: r"sixt|sesent|soixant|seixanta|sessanta|sessenta|sechzig|zestig|tres|seksti|sextio|kuuskümmend|kuusikymm|hatvan|sześćdzie|šedesá|šesťdes|šestdeset|шестдес|шістдес|εξήντα|șaizeci|sešdesmit|šešiasdeš|altmış|sittin|seasca|ستين|ستون",
        100: r"hundred|cent|cien|hundert|hundra|honderd|sata|sada|simts|simt|šimt|sto\b|sta\b|стот|сто\b|εκατ|sut[ăe]|száz|yüz|mija|céad|مائ|مئ|ehun",
    }.items()
}


def _romans(text: str) -> Collection[int]:
    return {_roman(found[1] or found[2]) for found in _ROMAN.finditer(text)}


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


@cache
def _small_words(lang: str) -> tuple[re.Pattern[str], ...]:
    attached = "[وبلفك]{0,2}" if lang == "ar" else ""
    return tuple(re.compile(rf"(?<!\w){attached}(?:{forms})(?!\w)", re.IGNORECASE) for forms in _columns(_WORDS, lang))


@cache
def _months(lang: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"(?<!\w)(?:{forms})", re.IGNORECASE) for forms in _columns(_MONTHS, lang))


def _columns(table: str, lang: str) -> Iterable[str]:
    base = lang.partition("-")[0]
    line = next((line for line in table.splitlines() if line.startswith(f"{base}: ")), "")
    return [column.replace("_", " ") for column in line.partition(": ")[2].split()]
