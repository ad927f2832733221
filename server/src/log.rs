//! The log (日志): lines on standard error, gathered for a moment and written together.
//!
//! A line that is written where it arises stops its request until the disk or the pipe has taken it. Here it waits with others
//! for a thread that writes them; warnings and errors are written at once, behind all that came before.

use std::io::{self, Write};
use std::sync::LazyLock;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use tracing::{Level, Metadata};
use tracing_subscriber::fmt::MakeWriter;

/// A line waits so long at most.
const WAIT: Duration = Duration::from_millis(20);
/// More than this is written by whoever adds to it. Bytes.
const MOST: usize = 256 * 1024;

/// Where lines go (日志输出).
#[derive(Clone, Copy, Debug, Default)]
pub struct Log;

#[derive(Default)]
struct Waiting {
    lines: Mutex<Vec<u8>>,
    some: Condvar,
    /// Held while lines are written, so that they come out as they came in; empty in between.
    out: Mutex<Vec<u8>>,
}

static WAITING: LazyLock<Waiting> = LazyLock::new(|| {
    // Without the thread whoever fills the buffer writes it, and whoever ends.
    let _thread = std::thread::Builder::new().name("log".to_owned()).spawn(write_for_ever);
    Waiting::default()
});

fn write_for_ever() {
    loop {
        let mut lines = WAITING.lines.lock();
        while lines.is_empty() {
            WAITING.some.wait(&mut lines);
        }
        // Nobody says a word while something waits: this is how long it does.
        WAITING.some.wait_for(&mut lines, WAIT);
        drop(lines);
        flush();
    }
}

/// Writes what waits. What cannot be written is lost: there is nobody to tell.
pub(crate) fn flush() {
    let mut out = WAITING.out.lock();
    std::mem::swap(&mut *out, &mut *WAITING.lines.lock());
    let _lost = io::stderr().lock().write_all(&out);
    out.clear();
}

/// A line on its way.
#[derive(Debug)]
pub struct Line {
    at_once: bool,
}

impl Write for Line {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let mut lines = WAITING.lines.lock();
        let first = lines.is_empty();
        lines.extend_from_slice(text);
        let at_once = self.at_once || lines.len() > MOST;
        drop(lines);
        if at_once {
            flush();
        } else if first {
            WAITING.some.notify_one();
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        flush();
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Line;

    fn make_writer(&self) -> Line {
        Line { at_once: true }
    }

    fn make_writer_for(&self, meta: &Metadata<'_>) -> Line {
        Line { at_once: *meta.level() <= Level::WARN }
    }
}
