//! What is looked at before a workbook is parsed (解压防护): real unpacked bytes, counted.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::read::Limits;
use super::refusal::SheetRefusal;

/// More parts than a workbook ever has.
const MAX_ENTRIES: usize = 4_096;
/// Below this size a high ratio is harmless (a sheet of equal rows packs well).
const RATIO_FLOOR: u64 = 8 * 1024 * 1024;
/// Unpacked bytes per packed byte. Real sheets reach about 40; deflate's own limit is 1,032.
const MAX_RATIO: u64 = 200;

/// What kind of workbook the archive holds, after every entry was unpacked once into nothing.
///
/// The sizes an archive declares are not believed, and each entry is counted even when several
/// share the same packed bytes, which is how small files unpack to terabytes.
pub(super) fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), SheetRefusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetRefusal::Corrupt)?;
    if archive.len() > MAX_ENTRIES {
        return Err(SheetRefusal::ZipBomb);
    }
    let mut total: u64 = 0;
    let mut is_workbook = false;
    for index in 0..archive.len() {
        if archive.by_index_raw(index).map_err(|_| SheetRefusal::Corrupt)?.encrypted() {
            return Err(SheetRefusal::Encrypted);
        }
        let entry = archive.by_index(index).map_err(refused)?;
        let name = entry.name().map_err(refused)?.replace('\\', "/");
        is_workbook |= name.eq_ignore_ascii_case("xl/workbook.xml");
        let packed = entry.compressed_size();
        let allowed = limits.max_unpacked_bytes.saturating_sub(total);
        let unpacked = count(entry, allowed)?;
        total = total.saturating_add(unpacked);
        if total > limits.max_unpacked_bytes || (unpacked > RATIO_FLOOR && unpacked / packed.max(1) > MAX_RATIO) {
            return Err(SheetRefusal::ZipBomb);
        }
    }
    if is_workbook { Ok(()) } else { Err(SheetRefusal::NotASheet) }
}

fn refused(error: ZipError) -> SheetRefusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            SheetRefusal::Encrypted
        }
        _ => SheetRefusal::Corrupt,
    }
}

/// Counts the bytes that come out, up to one more than allowed.
fn count(entry: impl Read, allowed: u64) -> Result<u64, SheetRefusal> {
    let mut limited = entry.take(allowed.saturating_add(1));
    std::io::copy(&mut limited, &mut std::io::sink()).map_err(|_| SheetRefusal::Corrupt)
}
