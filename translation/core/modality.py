"""Whether a sentence obliges, advises or permits, language by language: "must" is not "should", and neither is "may".

Three lists for each language; a word of another list on the other side, and none of the same, changes what is asked of
people. Tenses and phrases that oblige only sometimes ("shall", "has to") stand in a fourth list: they answer what
obliges or advises, and are never a change by themselves. A modal verb that no modal verb renders is no fault that can
be seen, since good translators write "the council decides" for "the council shall decide". Measured by
`python -m tests.bench.modals`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache

from kernel.languages import base_of
from translation.core import denial


class Modality(StrEnum):
    """What a modal verb does to a sentence."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


_MUST = r"""
en: must obliged obligatory mandatory compulsory required
es: debe deben debemos debo obligatori[oa]s? obligad[oa]s? obligación es\spreciso es\snecesario tien(?:e|en)\sque tenemos\sque
fr: doit doivent devons dois obligatoires? obligée?s? obligation il\sfaut tenue?s?\sd[e']\b
ca: ha\sde han\sde hem\sde cal obligatori\w* obligad\w* obligació deu deuen tenen?\sl['’]obligació
it: deve devono dobbiamo devo debbono obbligatori\w* obbligat\w+ obbligo occorre bisogna è\snecessario
pt: deve devem devemos tem\sde têm\sde tem\sque têm\sque temos\sde temos\sque obrigatóri[oa]s? obrigad[oa]s? obrigação é\snecessário
ar: [وف]?يجب [وف]?تجب [وف]?ينبغي [وف]?يتعين [وف]?لابد لا\sبد [وف]?إلزامي\w* [وف]?يلزم [وف]?ملزم\w*
de: muss musst müssen müsst verpflichtet verpflichtend pflicht obligatorisch\w* haben\s\w+\szu
gl: debe deben debemos ten\sque teñen\sque cómpre obrigatori[oa]s?
nl: moet moeten verplicht\w* dient dienen
"""

_SHOULD = r"""
en: should ought
es: debería deberían deberíamos convendría habría\sque tendría\sque tendrían\sque
fr: devrait devraient devrions faudrait conviendrait
ca: hauria haurien hauríem caldria convindria
it: dovrebbe dovrebbero dovremmo bisognerebbe occorrerebbe converrebbe
pt: deveria deveriam deveríamos conviria teria\sde teriam\sde
ar: [وف]?ينبغي [وف]?يستحسن [وف]?يفضل [وف]?يجدر
de: sollte sollten solltet
gl: debería deberían deberiamos convería
nl: zouden?\s(?:\w+\s){0,4}moeten zou\s(?:\w+\s){0,4}moeten behoort behoren
"""

_MAY = r"""
en: may can could might allowed permitted optional cannot can['’]t couldn['’]t
es: puede pueden podemos puedo podrá podrán podría podrían podríamos pueda puedan permitid[oa]s? opcional\w*
fr: peut peuvent pouvons peux pourra pourront pourrait pourraient pourrions puisse puissent facultati\w+ permis\w*
ca: pot poden podem puc podrà podran podria podrien podríem pugui puguin permès permes\w+ opcional\w*
it: può possono possiamo posso potrà potranno potrebbe potrebbero potremmo possa possano facoltativ\w+ permess\w+
pt: pode podem podemos posso poderá poderão poderia poderiam poderíamos possa possam permitid[oa]s? facultativ\w+ opciona\w+
ar: [وف]?يمكن\w* [وف]?يجوز [وف]?تستطيع\w* [وف]?يستطيع\w* [وف]?بإمكان\w* [وف]?يسمح [وف]?تسمح [وف]?مسموح
de: darf dürfen kann können könnte könnten dürfte dürften erlaubt möglich freiwillig
gl: pode poden podemos poderá poderán podería poderían poida poidan permitid[oa]s?
nl: mag mogen kan kunnen kon zouden?\skunnen toegestaan
"""

_OBLIGES_SOFTLY = r"""
en: shall has\sto have\sto had\sto need needs needed supposed is\sto are\sto was\sto were\sto got\sto
es: deberá deberán deberemos debía debían debió debid[oa] haya\sde ha\sde han\sde hay\sque hemos\sde tendrá\sque tendrán\sque tuv\w+\sque tenía\w*\sque necesit\w+ deba deban
fr: devra devront devrons devait devaient dû due? faudra fallait fallu doive besoin
ca: haurà hauran havia\sde va\shaver calia caldrà calgut necessit\w+ hagi\sde
it: dovrà dovranno dovremo doveva dovevano dovut\w+ spetta necessit\w+ serve debba
pt: deverá deverão deveremos devia deviam terá\sde terão\sde tinha\w*\sde tinha\w*\sque teve\sde teve\sque há\sde precis\w+ devido há\sque deva devam
ar: [وف]?عليه\w? [وف]?علينا [وف]?على\s\w+\sأن [وف]?ضرور\w+ [وف]?واجب [وف]?يحتاج\w* [وف]?تحتاج\w* [وف]?مطلوب [وف]?يتوجب
de: soll sollen solle brauch\w+ musste\w* notwendig erforderlich müsste\w*
gl: deberá deberán ha\sde han\sde haberá\sde terá\sque hai\sque precis\w+
nl: hoeft hoeven nodig moest\w*
"""


def is_listed(lang: str) -> bool:
    """Whether the modal verbs of this language (BCP 47) are known; no other sentence is judged."""
    return base_of(lang) in _read(_MUST)


def modalities(text: str, lang: str) -> frozenset[Modality]:
    """What the sentence does by words of which there is no doubt."""
    tables = {Modality.MUST: _MUST, Modality.SHOULD: _SHOULD, Modality.MAY: _MAY}
    return frozenset(each for each, table in tables.items() if _searches(table, lang, text))


def changed(before: str, after: str, *, source: str, target: str) -> bool:
    """Whether one side obliges, advises or permits where the other does something else."""
    if not (is_listed(source) and is_listed(target)):
        return False
    ours, theirs = modalities(before, source), modalities(after, target)
    if denial.denies(before, source) and denial.denies(after, target):
        ours, theirs = _forbidding(ours), _forbidding(theirs)
    lost = _without_answer(ours - theirs, after, target)
    return bool(lost and _without_answer(theirs - ours, before, source))


def _forbidding(modalities: frozenset[Modality]) -> frozenset[Modality]:
    """Who must not, may not."""
    return frozenset(Modality.MUST if each is Modality.MAY else each for each in modalities)


def _without_answer(modalities: frozenset[Modality], text: str, lang: str) -> bool:
    """Whether one of them has no answer in the other text, not even a soft one."""
    softly = _searches(_OBLIGES_SOFTLY, lang, text)
    return any(each is Modality.MAY or not softly for each in modalities)


def _searches(table: str, lang: str, text: str) -> bool:
    return _pattern(table, base_of(lang)).search(text) is not None


@cache
def _pattern(table: str, lang: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'’-])(?:{_read(table)[lang].replace(' ', '|')})(?![\w-])", re.IGNORECASE)


@cache
def _read(table: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return {lang: words for lang, _, words in lines}
