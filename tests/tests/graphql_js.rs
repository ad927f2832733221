//! graphql-js beside us: the reference by which the world reads a schema.

use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::workspace::root;

/// What graphql-js objects to in `sdl`, a line each; empty when it accepts it.
pub(crate) fn objections(sdl: &str) -> String {
    let clients = root().join("tests/clients");
    assert!(clients.join("node_modules/graphql").is_dir(), "graphql-js is not here; once: (cd tests/clients && npm ci)");
    let mut node = Command::new("node")
        .arg("validate.mjs")
        .current_dir(clients)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut stdin = node.stdin.take().expect("node reads from us");
    stdin.write_all(sdl.as_bytes()).expect("node takes the schema");
    drop(stdin);
    let output = node.wait_with_output().expect("node ends");
    let said = String::from_utf8(output.stdout).expect("node speaks UTF-8");
    assert_eq!(output.status.success(), said.is_empty(), "node said {said:?} and ended with {}", output.status);
    said
}
