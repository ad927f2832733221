//! A gateway on a real port, in whatever mood a test wants it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use kernel::sms::{GatewayKind, Purpose, SmsConfig, signature};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What both sides sign with.
pub(crate) const SECRET: &str = "a secret of the tests";

/// How it answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// It takes what it is given.
    Takes,
    /// It answers with this status, and with words that repeat the number.
    Says(u16),
    /// It takes the request and never answers.
    Silent,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Got {
    pub(crate) line: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// Is it signed for the city, with the secret, at that moment?
    pub(crate) fn is_signed(&self, city: &str, at: i64) -> bool {
        let at = at.to_string();
        let signed = signature(SECRET, Purpose::Send, city, &at, &self.body).unwrap();
        self.headers["x-sms-timestamp"] == at && self.headers["x-sms-signature"] == signed
    }
}

pub(crate) struct Gateway {
    pub(crate) port: u16,
    mood: Arc<Mutex<Mood>>,
    got: Arc<Mutex<Vec<Got>>>,
}

impl Gateway {
    pub(crate) async fn open(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (mood, got) = (Arc::new(Mutex::new(mood)), Arc::new(Mutex::new(Vec::new())));
        let (moods, kept) = (Arc::clone(&mood), Arc::clone(&got));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, *moods.lock().unwrap(), Arc::clone(&kept)));
            }
        });
        Self { port, mood, got }
    }

    pub(crate) fn turns(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Everything that came so far.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.got.lock().unwrap().clone()
    }

    /// The settings that lead here.
    pub(crate) fn settings(&self) -> impl FnOnce(&mut SmsConfig) {
        leading_to(self.port)
    }
}

/// The settings of a gateway at a port of this machine.
pub(crate) fn leading_to(port: u16) -> impl FnOnce(&mut SmsConfig) {
    move |config| {
        config.gateway = GatewayKind::Http;
        config.url = format!("http://127.0.0.1:{port}/v1/send?app=yizhan");
        config.secret = Some(SECRET.to_owned());
        config.timeout_seconds = 1;
    }
}

async fn serve(stream: TcpStream, mood: Mood, kept: Arc<Mutex<Vec<Got>>>) {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    let mut line = String::new();
    read.read_line(&mut line).await.unwrap();
    let mut headers = HashMap::new();
    loop {
        let mut header = String::new();
        read.read_line(&mut header).await.unwrap();
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        headers.insert(name.to_ascii_lowercase(), value.to_owned());
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    read.read_exact(&mut body).await.unwrap();
    let got = Got { line: line.trim_end().to_owned(), headers, body };
    let sent = got.json();
    kept.lock().unwrap().push(got);
    let (status, answer) = match mood {
        Mood::Takes => (202, json!({"receipt": format!("r-{}", sent["id"].as_str().unwrap())})),
        Mood::Says(status) => (status, json!({"error": format!("cannot reach {}", sent["number"])})),
        Mood::Silent => {
            // Until the other side gives up.
            let _ended = read.read_u8().await;
            return;
        }
    };
    let answer = answer.to_string();
    let head = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    // Whoever hung up hears nothing.
    let _heard = write.write_all(format!("{head}{answer}").as_bytes()).await;
}
