"""Office documents: ZIP containers, checked part by part; written anew without metadata; none with macros is taken."""

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .kinds import KINDS, Cleaned, Refused

MOST_PARTS = 3_000
MOST_BYTES = 200 * 1024 * 1024

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
_OOXML = {
    _MAIN.format("wordprocessingml.document"): "DOCX",
    _MAIN.format("spreadsheetml.sheet"): "XLSX",
}
# What runs, or what is fetched as soon as the document is opened.
_ACTING = ("vbaproject", "activex", "oleobject", "macrosheets", "basic/", "scripts/")
_FETCHED = ("/attachedTemplate", "/oleObject", "/frame", "/externalLinkPath", "/subDocument")

Parts = dict[str, bytes]


def clean_container(raw: bytes) -> Cleaned:
    """The document's parts without its properties. A ZIP that is none of our documents is "unknown"."""
    parts = _read(raw)
    if parts.get("mimetype") == KINDS["ODT"].content_type.encode():
        return Cleaned(KINDS["ODT"], _clean_odt(parts))
    if "[Content_Types].xml" in parts:
        return _clean_ooxml(parts)
    raise Refused("unknown", "ZIP")


def _read(raw: bytes) -> Parts:
    """All parts; never more than ``MOST_BYTES`` of them, whatever their headers promise."""
    parts: Parts = {}
    left = MOST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as container:
            entries = container.infolist()
            if len(entries) > MOST_PARTS:
                raise Refused("too_large_inside", "ZIP")
            for entry in entries:
                if entry.flag_bits & 1:
                    raise Refused("encrypted", "ZIP")
                if entry.is_dir():
                    continue
                if entry.filename in parts:
                    raise Refused("damaged", "ZIP")
                with container.open(entry) as part:
                    body = part.read(left + 1)
                left -= len(body)
                if left < 0:
                    raise Refused("too_large_inside", "ZIP")
                parts[entry.filename] = body
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ):
        raise Refused("damaged", "ZIP") from None
    return parts


def _parsed(body: bytes, kind: str) -> Element:
    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Refused("damaged", kind) from None


def _refuse_what_acts(parts: Parts, kind: str) -> None:
    for name, body in parts.items():
        if any(word in name.casefold() for word in _ACTING):
            raise Refused("acts", kind)
        if name.endswith(".rels"):
            for relation in _parsed(body, kind):
                fetched = relation.get("Type", "").endswith(_FETCHED)
                if fetched and relation.get("TargetMode") == "External":
                    raise Refused("acts", kind)


def _clean_ooxml(parts: Parts) -> Cleaned:
    types = _parsed(parts["[Content_Types].xml"], "ZIP")
    declared = {override.get("ContentType", "") for override in types.iter(f"{_TYPES}Override")}
    kind = next((name for type_, name in _OOXML.items() if type_ in declared), None)
    if kind is None:
        raise Refused(
            "acts" if any("macro" in d.casefold() for d in declared) else "unknown", "ZIP"
        )
    _refuse_what_acts(parts, kind)
    gone = {name for name in parts if name.startswith("docProps/")}
    for override in list(types):
        if override.get("PartName", "").lstrip("/") in gone:
            types.remove(override)
    parts = {name: body for name, body in parts.items() if name not in gone}
    parts["[Content_Types].xml"] = _written(types)
    parts["_rels/.rels"] = _without_targets(parts.get("_rels/.rels", b""), gone, kind)
    return Cleaned(KINDS[kind], _packed(parts))


def _without_targets(relations: bytes, gone: set[str], kind: str) -> bytes:
    if not relations:
        raise Refused("damaged", kind)
    root = _parsed(relations, kind)
    for relation in list(root):
        if relation.get("Target", "").lstrip("/") in gone:
            root.remove(relation)
    return _written(root)


def _clean_odt(parts: Parts) -> bytes:
    if "content.xml" not in parts or "META-INF/manifest.xml" not in parts:
        raise Refused("damaged", "ODT")
    _refuse_what_acts(parts, "ODT")
    gone = {n for n in parts if n in ("meta.xml", "manifest.rdf") or n.startswith("Thumbnails/")}
    manifest = _parsed(parts["META-INF/manifest.xml"], "ODT")
    if any(entry.tag.endswith("encryption-data") for entry in manifest.iter()):
        raise Refused("encrypted", "ODT")
    for entry in list(manifest):
        path = next((v for k, v in entry.attrib.items() if k.endswith("full-path")), "")
        if path in gone:
            manifest.remove(entry)
    parts = {name: body for name, body in parts.items() if name not in gone}
    parts["META-INF/manifest.xml"] = _written(manifest)
    return _packed(parts)


def _written(root: Element) -> bytes:
    return tostring(root, encoding="UTF-8", xml_declaration=True)


def _packed(parts: Parts) -> bytes:
    """The parts as a container that is the same whenever it is made; an ODT's type comes first and bare."""
    out = io.BytesIO()
    names = sorted(
        parts, key=lambda name: (name != "mimetype", name != "[Content_Types].xml", name)
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name in names:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            container.writestr(entry, parts[name])
    return out.getvalue()
