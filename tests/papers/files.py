"""Files for trying uploads on: good ones of each kind, and what people and attackers make of them."""

import io
import zipfile

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/{part}" ContentType="{main}"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{part}"/>'
    '<Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'
)
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def upload(body, name="скан.pdf", content_type="application/octet-stream"):
    return SimpleUploadedFile(name, body, content_type)


def picture(form="JPEG", size=(60, 40), exif=None, **options):
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    if exif is not None:
        options["exif"] = exif
    image.save(out, form, **options)
    return out.getvalue()


def photograph_with_place(orientation=6):
    """A JPEG as a phone makes it: turned, with the place, the phone's name and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PhoneMaker"
    exif.get_ifd(0x8825)[2] = (42.0, 52.0, 30.0)
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif.tobytes(), comment=b"secret comment")


def pdf(pages=1, **save):
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(out, **save)
    return out.getvalue()


def pdf_that_acts():
    """Scripts at opening and in names, a launching link, an embedded file, and who made it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('x')")
        document.Root.OpenAction = script
        document.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=[pikepdf.String("x"), script])
        )
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe", Next=script)
        page.obj.AA = pikepdf.Dictionary(O=script)
        page.obj.Annots = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot,
                        Subtype=pikepdf.Name.Link,
                        Rect=[0, 0, 100, 100],
                        A=launch,
                    )
                )
            ]
        )
        document.attachments["evil.exe"] = b"MZ evil"
        document.docinfo["/Author"] = "Жашыруунова"
        with document.open_metadata() as about:
            about["dc:creator"] = ["Жашыруунова"]
        photo = pikepdf.Stream(document, photograph_with_place())
        photo.Type, photo.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        photo.Width, photo.Height, photo.BitsPerComponent = 60, 40, 8
        photo.ColorSpace, photo.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=photo))
        page.obj.Contents = document.make_stream(b"q 300 0 0 200 50 50 cm /Im Do Q")
        document.save(out)
    return out.getvalue()


def container(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def docx(main="wordprocessingml.document", part="word/document.xml", **more):
    main = main if "/" in main else MAIN.format(main)
    return container(
        {
            "[Content_Types].xml": TYPES.format(main=main, part=part),
            "_rels/.rels": RELS.format(part=part),
            part: "<document>Корутунду</document>",
            "docProps/core.xml": "<core>Жашыруунова</core>",
            **more,
        }
    )


def xlsx():
    return docx("spreadsheetml.sheet", "xl/workbook.xml")


def odt(**more):
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return container(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "<text>Корутунду</text>",
            "meta.xml": "<creator>Жашыруунова</creator>",
            "META-INF/manifest.xml": manifest,
            **more,
        }
    )
