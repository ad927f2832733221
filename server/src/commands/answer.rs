//! What a command answers (命令结果): said by the process that was called, wherever the work was done.

use std::process::ExitCode;

use kernel::fault::Fault;
use serde::{Deserialize, Serialize};

/// What a command answers (命令结果).
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Answer {
    failed: bool,
    out: Vec<String>,
    err: Vec<String>,
}

impl Answer {
    /// Nothing was done, and why.
    pub(super) fn refused(why: impl std::fmt::Display) -> Self {
        Self { failed: true, out: Vec::new(), err: vec![format!("yizhan: {why}")] }
    }

    /// Something failed, and what lies under it.
    pub(super) fn broken(fault: &Fault) -> Self {
        let mut answer = Self::refused(fault);
        let mut source = std::error::Error::source(fault);
        while let Some(error) = source {
            answer.err.push(format!("  because {error}"));
            source = error.source();
        }
        answer
    }

    /// Adds a line.
    pub(super) fn say(&mut self, line: impl std::fmt::Display) {
        self.out.push(line.to_string());
    }

    /// The same lines, of something that did not go well.
    pub(super) fn failed(self) -> Self {
        Self { failed: true, ..self }
    }

    /// Prints it.
    pub(super) fn print(self) -> ExitCode {
        for line in self.out {
            println!("{line}");
        }
        for line in self.err {
            eprintln!("{line}");
        }
        if self.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}
