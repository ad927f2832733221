//! What a file is, by its first bytes: its name proves nothing.

/// The kinds of files the house tells apart (文件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A workbook, Excel 2007 and later.
    Xlsx,
    /// A workbook, Excel 97–2003.
    Xls,
    /// Another archive.
    Zip,
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    Webp,
    /// Text: CSV in UTF-8 or GBK.
    Text,
    /// Anything else.
    Other,
}

impl FileKind {
    /// Every kind.
    pub const ALL: &[Self] =
        &[Self::Xlsx, Self::Xls, Self::Zip, Self::Pdf, Self::Png, Self::Jpeg, Self::Webp, Self::Text, Self::Other];

    /// The media type (RFC 6838).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xls => "application/vnd.ms-excel",
            Self::Zip => "application/zip",
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Text => "text/csv",
            Self::Other => "application/octet-stream",
        }
    }

    /// From the media type that was stored.
    #[must_use]
    pub fn from_media_type(text: &str) -> Self {
        Self::ALL.iter().copied().find(|kind| kind.media_type() == text).unwrap_or(Self::Other)
    }
}

/// Names an Office archive begins with.
const OFFICE: [&[u8]; 4] = [b"[Content_Types].xml", b"_rels/", b"xl/", b"docProps/"];

/// The kind that the first bytes of a file show; a few kilobytes are enough.
#[must_use]
pub fn detect(head: &[u8]) -> FileKind {
    const SIGNATURES: [(&[u8], FileKind); 4] = [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::Xls),
        (b"%PDF-", FileKind::Pdf),
        (b"\x89PNG\r\n\x1A\n", FileKind::Png),
        (b"\xFF\xD8\xFF", FileKind::Jpeg),
    ];
    if head.starts_with(b"PK\x03\x04") {
        // The name of the first entry stands 30 bytes into its header.
        let name = head.get(30..).unwrap_or_default();
        return if OFFICE.iter().any(|o| name.starts_with(o)) { FileKind::Xlsx } else { FileKind::Zip };
    }
    // RIFF, four bytes of length, and what it holds.
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return FileKind::Webp;
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return *kind;
    }
    // UTF-16 has zeros but begins with its mark; every other text has none. Executables all do.
    let marked = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n' | 0x1A);
    if !head.is_empty() && (marked || !head.iter().any(control)) { FileKind::Text } else { FileKind::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_and_not_its_name() {
        let mut workbook = b"PK\x03\x04".to_vec();
        workbook.extend([0; 26]);
        let mut archive = workbook.clone();
        workbook.extend(b"[Content_Types].xml");
        archive.extend(b"virus.exe");
        assert_eq!(detect(&workbook), FileKind::Xlsx);
        assert_eq!(detect(&archive), FileKind::Zip);
        assert_eq!(detect(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), FileKind::Xls);
        assert_eq!(detect(b"%PDF-1.7"), FileKind::Pdf);
        assert_eq!(detect(b"\x89PNG\r\n\x1A\n"), FileKind::Png);
        assert_eq!(detect(b"\xFF\xD8\xFF\xE0"), FileKind::Jpeg);
        assert_eq!(detect(b"RIFF\x24\x00\x00\x00WEBPVP8 "), FileKind::Webp);
        assert_eq!(detect(b"RIFF\x24\x00\x00\x00WAVEfmt "), FileKind::Other);
        assert_eq!(detect("名称,地址\r\n".as_bytes()), FileKind::Text);
        assert_eq!(detect(b"\xC3\xFB\xB3\xC6,\xB5\xD8\xD6\xB7\r\n"), FileKind::Text, "GBK");
        assert_eq!(detect(b"MZ\x90\x00\x03\x00"), FileKind::Other);
        assert_eq!(detect(b"\x7FELF\x02\x01\x01\x00"), FileKind::Other);
        assert_eq!(detect(b""), FileKind::Other);
    }

    #[test]
    fn a_kind_survives_the_store() {
        for kind in
            [FileKind::Xlsx, FileKind::Xls, FileKind::Zip, FileKind::Pdf, FileKind::Png, FileKind::Webp, FileKind::Text]
        {
            assert_eq!(FileKind::from_media_type(kind.media_type()), kind);
        }
    }
}
