//! A server in a process of its own (另一个服务进程): this program started once more, at the one test that serves and
//! does what it is told on its input.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{Address, Server};
use crate::postgres::Fresh;

/// Over what the process serves: `{"url", "prefix", "dir"}`.
const OVER: &str = "YIZHAN_TESTS_SERVE_OVER";
/// What stands before each answer of the process, among whatever else a test program prints.
const SAYS: &str = "the second server says ";

/// Such a process. It ends with this.
pub(super) struct Process {
    pub(super) at: Address,
    child: Child,
    orders: ChildStdin,
    answers: UnboundedReceiver<String>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

impl Process {
    pub(super) async fn start(fresh: &Fresh, dir: &Path) -> Self {
        let over = json!({"url": fresh.url, "prefix": fresh.prefix, "dir": dir});
        let mut child = Command::new(std::env::current_exe().expect("this program has a path"))
            .args(["--exact", "--nocapture", "laws::switches::process::serve"])
            .env(OVER, over.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts once more");
        let orders = child.stdin.take().expect("its input");
        let output = BufReader::new(child.stdout.take().expect("its output"));
        let (tell, answers) = unbounded_channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if let Some((_, words)) = line.split_once(SAYS) {
                    let _heard = tell.send(words.to_owned());
                }
            }
        });
        let mut process = Self { at: Address::of(String::new()), child, orders, answers };
        process.at = Address::of(process.said().await);
        process
    }

    /// Switches the plugin there, and waits until it is done.
    pub(super) async fn switch(&mut self, on: bool) {
        let order = if on { "on" } else { "off" };
        writeln!(self.orders, "{order}").expect("it takes orders");
        assert_eq!(self.said().await, order);
    }

    async fn said(&mut self) -> String {
        let next = tokio::time::timeout(Duration::from_mins(1), self.answers.recv()).await;
        next.expect("it says something within a minute").expect("it goes on")
    }
}

fn say(words: &str) {
    println!("{SAYS}{words}");
}

/// The second process. Among the other tests it has nothing to serve over, and ends.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serve() {
    let Ok(over) = std::env::var(OVER) else { return };
    let over: Value = serde_json::from_str(&over).expect("JSON");
    let text = |name: &str| over[name].as_str().expect("a text");
    let server = Server::on(text("url"), text("prefix"), Path::new(text("dir"))).await;
    say(&server.at.base);
    let (tell, mut orders) = unbounded_channel();
    std::thread::spawn(move || {
        for order in std::io::stdin().lines().map_while(Result::ok) {
            let _heard = tell.send(order);
        }
    });
    while let Some(order) = orders.recv().await {
        server.switch(order == "on").await;
        say(&order);
    }
}
