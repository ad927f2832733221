//! The file: written once, aside, and named when it is whole; read twice, first to see that it is ours.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::{FORMAT, Header, Line, VERSION};
use crate::crypto::{blind, join};
use crate::fault::Fault;
use crate::keys::RootKey;

/// No line is longer: a chunk of a file in base64 is the longest by far.
const LONGEST: u64 = 16 * 1024 * 1024;

fn mac(root: &RootKey, code: &str, sum: &[u8]) -> [u8; 32] {
    blind::mac(&root.derive("backup", &[code]), &join(&[FORMAT.as_bytes(), code.as_bytes(), sum]))
}

/// A backup being written.
pub(super) struct Writer {
    out: GzEncoder<BufWriter<File>>,
    hash: Sha256,
    rows: u64,
    code: String,
    partial: PathBuf,
    path: PathBuf,
}

impl Writer {
    /// Begins beside `path`, where nothing is yet, readable by its owner only.
    pub(super) fn create(path: &Path, header: Header) -> std::io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt as _;
        if path.try_exists()? {
            return Err(std::io::Error::from(std::io::ErrorKind::AlreadyExists));
        }
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let file = File::options().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
        let out = GzEncoder::new(BufWriter::new(file), Compression::default());
        let code = header.code.clone();
        let mut this = Self { out, hash: Sha256::new(), rows: 0, code, partial, path: path.to_owned() };
        this.line(&Line::Backup(header))?;
        Ok(this)
    }

    pub(super) fn line(&mut self, line: &Line) -> std::io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.rows += u64::from(matches!(line, Line::Row(_)));
        self.hash.update(&text);
        self.out.write_all(&text)
    }

    /// Writes the end, brings everything to the disk and gives the file its name; says how many rows it has, and its
    /// hash.
    pub(super) fn finish(mut self, root: &RootKey) -> std::io::Result<(u64, String)> {
        let sum = self.hash.finalize();
        let sha256 = HEXLOWER.encode(&sum);
        let end =
            Line::End { rows: self.rows, sha256: sha256.clone(), mac: HEXLOWER.encode(&mac(root, &self.code, &sum)) };
        let mut text = serde_json::to_vec(&end)?;
        text.push(b'\n');
        self.out.write_all(&text)?;
        let file = self.out.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.sync_all()?;
        std::fs::rename(&self.partial, &self.path)?;
        crate::folder::keep_name(&self.path)?;
        Ok((self.rows, sha256))
    }
}

/// A backup being read.
pub(super) struct Reader {
    lines: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
}

impl Reader {
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        let file = File::open(path).map_err(Fault::of("open a backup"))?;
        Ok(Self { lines: BufReader::new(GzDecoder::new(BufReader::new(file))), hash: Sha256::new() })
    }

    /// The next line; `None` at the end of the file.
    pub(super) fn next(&mut self) -> Result<Option<Line>, Fault> {
        let mut text = Vec::new();
        self.lines.by_ref().take(LONGEST).read_until(b'\n', &mut text).map_err(Fault::of("read a backup"))?;
        if text.is_empty() {
            return Ok(None);
        }
        let line: Line = serde_json::from_slice(&text).map_err(Fault::of("read a backup"))?;
        if !matches!(line, Line::End { .. }) {
            self.hash.update(&text);
        }
        Ok(Some(line))
    }
}

/// What a backup says of itself, after it was read to its end and its MAC found to be ours.
pub fn inspect(root: &RootKey, path: &Path) -> Result<Header, Fault> {
    inspect_under(&[root], path).map(|(header, _)| header)
}

/// As [`inspect`], with the number of the root key under which it was made.
pub(super) fn inspect_under(roots: &[&RootKey], path: &Path) -> Result<(Header, usize), Fault> {
    let mut reader = Reader::open(path)?;
    let Some(Line::Backup(header)) = reader.next()? else {
        return Err(Fault::internal("read a backup: it does not begin as one"));
    };
    if header.format != FORMAT || header.version != VERSION {
        return Err(Fault::internal("read a backup: this build does not know its version"));
    }
    let mut rows = 0;
    loop {
        match reader.next()? {
            Some(Line::Row(_)) => rows += 1,
            Some(Line::Table { .. }) => {}
            Some(Line::End { rows: told, sha256, mac: given }) => {
                let sum = reader.hash.clone().finalize();
                let whole = told == rows && sha256 == HEXLOWER.encode(&sum) && reader.next()?.is_none();
                let ours = |root: &&RootKey| {
                    let ours = HEXLOWER.encode(&mac(root, &header.code, &sum));
                    bool::from(ours.as_bytes().ct_eq(given.as_bytes()))
                };
                let made_under = roots.iter().position(ours).filter(|_| whole);
                let other = Fault::internal("read a backup: it was changed, or made under another root key");
                return made_under.map(|under| (header, under)).ok_or(other);
            }
            Some(Line::Backup(_)) | None => {
                return Err(Fault::internal("read a backup: it is not whole"));
            }
        }
    }
}

impl Header {
    pub(super) const fn format() -> (&'static str, u32) {
        (FORMAT, VERSION)
    }
}
