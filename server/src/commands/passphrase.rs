//! The passphrase of a backup of the root key (备份口令): from a file, from the environment, or typed without being shown.

use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;

use kernel::fault::Fault;
use kernel::keys::PASSPHRASE;
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

/// Where the environment has it.
const VARIABLE: &str = "YIZHAN_KEY_PASSPHRASE";

/// The passphrase: of `file`, of the environment, or of whoever sits at the terminal, asked twice where it is `new`.
pub(super) fn passphrase(file: Option<&Path>, new: bool) -> Result<String, Fault> {
    let given = match file {
        Some(path) => Some(std::fs::read_to_string(path).map_err(Fault::of("read the file of the passphrase"))?),
        None => std::env::var(VARIABLE).ok(),
    };
    if let Some(given) = given {
        return Ok(given.trim_end_matches(['\r', '\n']).to_owned());
    }
    let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty");
    let mut terminal = terminal.map_err(Fault::of(
        "ask for a passphrase: there is no terminal; use --passphrase-file or YIZHAN_KEY_PASSPHRASE",
    ))?;
    if !new {
        return ask(&mut terminal, "Passphrase 口令: ");
    }
    let first = ask(
        &mut terminal,
        &format!("New passphrase, {PASSPHRASE} characters or more 新口令（不少于{PASSPHRASE}个字符）: "),
    )?;
    let second = ask(&mut terminal, "The same again 再输入一次: ")?;
    if first == second { Ok(first) } else { Err(Fault::internal("take a passphrase: the two differ")) }
}

/// Asks without showing what is typed.
fn ask(terminal: &mut File, question: &str) -> Result<String, Fault> {
    let failed = || Fault::of("ask for a passphrase");
    terminal.write_all(question.as_bytes()).map_err(failed())?;
    let mut line = String::new();
    {
        let _hidden = Hidden::on(terminal)?;
        BufReader::new(&*terminal).read_line(&mut line).map_err(failed())?;
    }
    terminal.write_all(b"\n").map_err(failed())?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// What is typed is not shown for as long as this lives.
struct Hidden<'a>(&'a File, Termios);

impl<'a> Hidden<'a> {
    fn on(terminal: &'a File) -> Result<Self, Fault> {
        let failed = |e: rustix::io::Errno| Fault::of("hide a passphrase")(std::io::Error::from(e));
        let before = tcgetattr(terminal).map_err(failed)?;
        let mut hidden = before.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        tcsetattr(terminal, OptionalActions::Flush, &hidden).map_err(failed)?;
        Ok(Self(terminal, before))
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        // A terminal that cannot be set back is gone.
        let _gone = tcsetattr(self.0, OptionalActions::Flush, &self.1);
    }
}
