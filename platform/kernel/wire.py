"""Typed values on the wire: frozen dataclasses to JSON and back, strict in both directions.

A class `FloorAsked` is called `floor.asked` by rule, never by hand. A member of a union of
dataclasses carries that name in the key `is`. Unknown fields, wrong types, `NaN`, deep nesting,
duplicate keys, NUL and lone surrogates are refused.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

import orjson

from kernel.errors import Refused

T = TypeVar("T")
R = TypeVar("R")
MAX_DEPTH = 8
Json = dict[str, Any]


def once_per_type(function: Callable[[Any], R]) -> Callable[[Any], R]:
    """A function of a type, worked out once per type."""
    known: dict[Any, R] = {}

    @functools.wraps(function)
    def remembered(subject: Any) -> R:
        if subject not in known:
            known[subject] = function(subject)
        return known[subject]

    return remembered


@once_per_type
def name_of(cls: type[Any]) -> str:
    """`FloorAsked` → `floor.asked`; `TurnWrapUpStarted` → `turn.wrap_up_started`; `Open` → `open`."""
    words = re.findall(r"[A-Z][a-z0-9]*", cls.__name__)
    head, *rest = (word.lower() for word in words)
    return f"{head}.{'_'.join(rest)}" if rest else head


def parse(data: str, *, limit: int) -> Json:
    """One JSON object from text of at most `limit` characters, or `Refused("wire.…")`."""
    if len(data) > limit:
        raise Refused("wire.too_large", limit=limit)
    _check_depth(data)
    try:
        value = _STRICT(data)
    except (ValueError, RecursionError) as error:
        raise Refused("wire.not_json") from error
    if not isinstance(value, dict):
        raise Refused("wire.not_an_object")
    return value


def _check_depth(data: str) -> None:
    """Refuse deep nesting before the parser sees it; brackets inside strings do not count."""
    if data.count("{") + data.count("[") <= MAX_DEPTH:
        return
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', data):
        bracket = token[0]
        if bracket in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused("wire.too_deep", limit=MAX_DEPTH)
        elif bracket in "]}":
            depth -= 1


def _no_duplicates(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Refused("wire.duplicate_key")
    return found


def _no_constant(name: str) -> Any:
    raise Refused("wire.not_a_number", value=name)


_STRICT = json.JSONDecoder(object_pairs_hook=_no_duplicates, parse_constant=_no_constant).decode


def decode(cls: type[T], data: Mapping[str, Any]) -> T:
    """A value of dataclass `cls` from a JSON object, or `Refused("wire.…", field=…)`."""
    return typing.cast(T, _decoder(cls)(data, cls.__name__))


def encode(value: Any) -> Any:
    """JSON-ready data of a typed value; transient fields are left out."""
    return _encoder(type(value))(value)


def dumps(data: Any) -> str:
    """Compact JSON, keys in the order given."""
    return orjson.dumps(data).decode()


def canonical(data: Any) -> str:
    """JSON with sorted keys: the one spelling that digests are taken of."""
    return orjson.dumps(data, option=orjson.OPT_SORT_KEYS).decode()


# --- encoding

Encoder = Callable[[Any], Any]


@once_per_type
def _encoder(cls: type[Any]) -> Encoder:
    if dataclasses.is_dataclass(cls):
        return _dataclass_encoder(cls)
    if issubclass(cls, Enum):
        return lambda value: value.value
    if issubclass(cls, Mapping):
        return lambda value: {key: encode(item) for key, item in value.items()}
    if issubclass(cls, (tuple, list)):
        return lambda value: [encode(item) for item in value]
    if issubclass(cls, (frozenset, set)):
        return lambda value: sorted(encode(item) for item in value)
    if issubclass(cls, (str, int, float)) or cls is type(None):
        return _as_it_is
    raise TypeError(f"{cls.__name__} has no form on the wire")


def _as_it_is(value: Any) -> Any:
    return value


def _dataclass_encoder(cls: type) -> Encoder:
    hints = typing.get_type_hints(cls)
    encoders = [
        (field.name, _field_encoder(hints[field.name]))
        for field in dataclasses.fields(cls)
        if not field.metadata.get("transient")
    ]

    def encoder(value: Any) -> Json:
        data = {}
        for name, encode_field in encoders:
            item = getattr(value, name)
            data[name] = item if encode_field is _as_it_is else encode_field(item)
        return data

    return encoder


def _field_encoder(hint: Any) -> Encoder:
    """What a field of this type needs; scalars need nothing, and most fields are scalars."""
    if all(_is_scalar(member) for member in union_members(hint)):
        return _as_it_is
    if typing.get_origin(hint) is tuple and _is_scalar(typing.get_args(hint)[0]):
        return list
    return tagged if _is_union_of_dataclasses(hint) else encode


def _is_scalar(hint: Any) -> bool:
    return hint in (str, int, float, bool, type(None)) or typing.get_origin(hint) is typing.Literal


def tagged(value: Any) -> Any:
    """Data of a member of a union of dataclasses, with its name under `is`; `None` stays `None`."""
    return None if value is None else {"is": name_of(type(value)), **encode(value)}


def union_members(hint: Any) -> tuple[Any, ...]:
    """The alternatives of `A | B | None`, or the hint alone."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def _is_union_of_dataclasses(hint: Any) -> bool:
    return sum(dataclasses.is_dataclass(member) for member in union_members(hint)) > 1


# --- decoding

Decoder = Callable[[Any, str], Any]


def _wrong(where: str, wanted: str) -> Refused:
    return Refused("wire.wrong_type", field=where, wanted=wanted)


@once_per_type
def _decoder(hint: Any) -> Decoder:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _dataclass_decoder(hint)
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(args)
    if origin is typing.Literal:
        return _literal_decoder(args)
    if origin in (tuple, list, frozenset):
        return _sequence_decoder(origin, args[0])
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_decoder(args[1])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_decoder(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    raise TypeError(f"{hint!r} has no form on the wire")


def _dataclass_decoder(cls: type) -> Decoder:
    hints = typing.get_type_hints(cls)
    fields = {f.name: f for f in dataclasses.fields(cls) if not f.metadata.get("transient")}
    required = {
        name
        for name, f in fields.items()
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    }

    def decoder(data: Any, where: str) -> Any:
        if not isinstance(data, Mapping):
            raise _wrong(where, "object")
        if unknown := data.keys() - fields.keys():
            raise Refused("wire.unknown_field", field=min(unknown))
        if missing := required - data.keys():
            raise Refused("wire.missing_field", field=min(missing))
        return cls(**{name: _decoder(hints[name])(item, name) for name, item in data.items()})

    return decoder


def _union_decoder(args: tuple[Any, ...]) -> Decoder:
    optional = type(None) in args
    members = [arg for arg in args if arg is not type(None)]
    by_name = {name_of(member): member for member in members if dataclasses.is_dataclass(member)}

    def decoder(data: Any, where: str) -> Any:
        if data is None and optional:
            return None
        if len(members) == 1:
            return _decoder(members[0])(data, where)
        if len(by_name) == len(members):
            return _tagged_decoder(by_name, data, where)
        for member in members:
            try:
                return _decoder(member)(data, where)
            except Refused:
                continue
        raise _wrong(where, " or ".join(getattr(member, "__name__", str(member)) for member in members))

    return decoder


def _tagged_decoder(by_name: Mapping[str, Any], data: Any, where: str) -> Any:
    if not isinstance(data, Mapping) or data.get("is") not in by_name:
        raise _wrong(where, " or ".join(sorted(by_name)))
    rest = {key: item for key, item in data.items() if key != "is"}
    return _decoder(by_name[data["is"]])(rest, where)


def _literal_decoder(allowed: tuple[Any, ...]) -> Decoder:
    def decoder(data: Any, where: str) -> Any:
        if not isinstance(data, str) or data not in allowed:
            raise _wrong(where, " or ".join(map(str, allowed)))
        return data

    return decoder


def _sequence_decoder(origin: type, item: Any) -> Decoder:
    def decoder(data: Any, where: str) -> Any:
        if not isinstance(data, list):
            raise _wrong(where, "list")
        return origin(_decoder(item)(element, where) for element in data)

    return decoder


def _mapping_decoder(item: Any) -> Decoder:
    def decoder(data: Any, where: str) -> Any:
        if not isinstance(data, Mapping):
            raise _wrong(where, "object")
        return {_text(key, where): _decoder(item)(element, key) for key, element in data.items()}

    return decoder


def _enum_decoder(cls: type[Enum]) -> Decoder:
    def decoder(data: Any, where: str) -> Any:
        try:
            return cls(data)
        except ValueError as error:
            raise _wrong(where, " or ".join(str(member.value) for member in cls)) from error

    return decoder


_BAD_CHARACTER = re.compile("[\0\ud800-\udfff]")


def _text(data: Any, where: str) -> str:
    if not isinstance(data, str):
        raise _wrong(where, "text")
    if _BAD_CHARACTER.search(data):
        raise Refused("wire.bad_character", field=where)
    return data


def _whole(data: Any, where: str) -> int:
    if isinstance(data, bool) or not isinstance(data, int) or abs(data) > 2**53:
        raise _wrong(where, "whole number")
    return data


def _number(data: Any, where: str) -> float:
    if isinstance(data, bool) or not isinstance(data, (int, float)):
        raise _wrong(where, "number")
    return float(data)


def _flag(data: Any, where: str) -> bool:
    if not isinstance(data, bool):
        raise _wrong(where, "true or false")
    return data


_SCALARS: dict[Any, Decoder] = {str: _text, int: _whole, float: _number, bool: _flag}
