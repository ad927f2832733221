//! The demo's mail server (演示邮件服务器): a real SMTP conversation on this machine. It takes every letter and keeps
//! none; the message page reads them from the store, as in a real city.

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Starts it on a free port and says which.
pub(super) async fn start() -> std::io::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                // A client that breaks off has only itself to blame.
                let _ended = converse(stream).await;
            });
        }
    });
    Ok(port)
}

async fn converse(stream: TcpStream) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 yizhan demo\r\n").await?;
    let mut in_letter = false;
    while let Some(line) = lines.next_line().await? {
        let answer: &[u8] = if in_letter {
            if line != "." {
                continue;
            }
            in_letter = false;
            b"250 taken\r\n"
        } else {
            match line.get(..4).unwrap_or(&line).to_ascii_uppercase().as_str() {
                "DATA" => {
                    in_letter = true;
                    b"354 end with a dot\r\n"
                }
                "QUIT" => {
                    write.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                "EHLO" | "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" => b"250 ok\r\n",
                _ => b"500 unknown\r\n",
            }
        };
        write.write_all(answer).await?;
    }
    Ok(())
}
