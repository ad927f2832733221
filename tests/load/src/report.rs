//! What was measured, as a table (测量结果): each line with its target and whether it is met.

use std::fmt::Write as _;
use std::path::Path;

use crate::Result;

/// A target: at least, or at most.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    /// No less than this.
    AtLeast(f64),
    /// No more than this.
    AtMost(f64),
    /// For the reader to know.
    None,
}

struct Line {
    what: String,
    back: &'static str,
    value: f64,
    unit: &'static str,
    target: Target,
    detail: String,
}

/// The table.
#[derive(Default)]
pub(crate) struct Report(Vec<Line>);

/// The middle one of some numbers.
pub(crate) fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Report {
    /// Adds a line, and says so while the rest is still being measured.
    pub(crate) fn add(
        &mut self,
        what: impl Into<String>,
        back: &'static str,
        (value, unit): (f64, &'static str),
        target: Target,
        detail: impl Into<String>,
    ) {
        let line = Line { what: what.into(), back, value, unit, target, detail: detail.into() };
        eprintln!("bench: {}", line.text());
        self.0.push(line);
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        println!("\n{}", self.table());
    }

    fn table(&self) -> String {
        let mut out =
            String::from("| what | back end | measured | target | met | beside it |\n|---|---|---|---|---|---|\n");
        for line in &self.0 {
            out.push_str(&line.text());
            out.push('\n');
        }
        out
    }

    /// Writes the results as a document.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let met = self.0.iter().filter(|l| l.met() == Some(true)).count();
        let missed: Vec<&Line> = self.0.iter().filter(|l| l.met() == Some(false)).collect();
        let mut out = "# Benchmark\n\nWritten by `make bench`; do not edit.\n\n    make bench     # \
                       scripts/with-postgres target/shipping/yizhan-load --write docs/results/bench.md\n\n"
            .to_owned();
        write!(out, "{}\n\n", machine())?;
        out.push_str(
            "Each ratio is the server beside the same work by hand in the same run: median of nine runs or eleven, the two sides in\n\
             turn. Load generator, server and PostgreSQL share the machine. What is measured how stands in\n\
             `tests/load/src`, one file each.\n\n",
        );
        write!(out, "{met} of {} targets met.\n\n", met + missed.len())?;
        out.push_str(&self.table());
        if !missed.is_empty() {
            out.push_str("\nNot met:\n\n");
            for line in missed {
                writeln!(out, "- {} ({}): {}", line.what, line.back, line.shown())?;
            }
        }
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        Ok(std::fs::write(path, out)?)
    }
}

impl Line {
    fn met(&self) -> Option<bool> {
        match self.target {
            Target::AtLeast(least) => Some(self.value >= least),
            Target::AtMost(most) => Some(self.value <= most),
            Target::None => None,
        }
    }

    fn shown(&self) -> String {
        number(self.value, self.unit)
    }

    fn text(&self) -> String {
        let target = match self.target {
            Target::AtLeast(least) => format!("≥ {}", number(least, self.unit)),
            Target::AtMost(most) => format!("≤ {}", number(most, self.unit)),
            Target::None => "–".to_owned(),
        };
        let met = match self.met() {
            Some(true) => "met",
            Some(false) => "**not met**",
            None => "–",
        };
        format!("| {} | {} | {} | {target} | {met} | {} |", self.what, self.back, self.shown(), self.detail)
    }
}

fn number(value: f64, unit: &str) -> String {
    let digits = if value.fract() == 0.0 || value >= 1000.0 { 0 } else { 2 };
    format!("{value:.digits$} {unit}").trim_end().to_owned()
}

/// The machine, in a line.
pub(crate) fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        info.lines().find_map(|l| l.strip_prefix("model name")?.split_once(':')).map_or("", |(_, name)| name.trim());
    format!("Machine: {cores} cores, {model}.")
}
