//! Where the data of a benchmark stands (存放处): a folder, and on PostgreSQL a database of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use kernel::Kernel;
use kernel::config::Config;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};

use crate::{Result, process};

/// The city that is measured.
pub(crate) const CITY: &str = "140100";
/// Its name in URLs.
pub(crate) const SLUG: &str = "taiyuan";

/// One back end with data of its own.
pub(crate) struct Place {
    /// The back end, for the table.
    pub(crate) back: &'static str,
    pub(crate) dir: PathBuf,
    /// PostgreSQL as its administrator reaches it.
    pub(crate) url: Option<String>,
}

impl Place {
    /// Files in a folder under `dir`.
    pub(crate) fn at(dir: &Path, name: &str) -> Self {
        Self { back: "SQLite", dir: dir.join(name), url: None }
    }

    /// A database on the server of `admin`, made if need be.
    pub(crate) async fn database(dir: &Path, admin: &str, name: &str) -> Result<Self> {
        let mut connection = PgConnection::connect(admin).await?;
        let there =
            sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(name).fetch_optional(&mut connection);
        if there.await?.is_none() {
            sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
        }
        connection.close().await?;
        let (server, _) = admin.rsplit_once('/').ok_or("the URL names no database")?;
        Ok(Self { back: "PostgreSQL", dir: dir.join(name), url: Some(format!("{server}/{name}")) })
    }

    /// Removes what is there: the folder, the database and its roles.
    pub(crate) async fn clear(&self) -> Result<()> {
        match std::fs::remove_dir_all(&self.dir) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        let Some(url) = &self.url else { return Ok(()) };
        let (server, name) = url.rsplit_once('/').ok_or("the URL names no database")?;
        let mut connection = PgConnection::connect(&format!("{server}/postgres")).await?;
        let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await?;
        let roles: Vec<String> =
            sqlx::query_scalar("SELECT rolname::text FROM pg_roles WHERE rolname ~ ('^(raw_|' || $1 || '_)t_')")
                .bind(name)
                .fetch_all(&mut connection)
                .await?;
        for role in roles {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP ROLE {role}"))).execute(&mut connection).await?;
        }
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// Removes what another build left, whose tables were others.
    pub(crate) async fn renew(&self) -> Result<()> {
        self.renew_where("").await
    }

    /// Removes what another build left, or what was made where `also` was another.
    pub(crate) async fn renew_where(&self, also: &str) -> Result<()> {
        let (mark, tables) = (self.dir.join("tables"), self.kernel(1)?.store.fingerprint() + also);
        if std::fs::read_to_string(&mark).is_ok_and(|kept| kept == tables) {
            return Ok(());
        }
        self.clear().await?;
        std::fs::create_dir_all(&self.dir)?;
        Ok(std::fs::write(mark, tables)?)
    }

    /// The names of schemas and roles begin with this.
    pub(crate) fn prefix(&self) -> String {
        let name = self.dir.file_name().unwrap_or_default().to_string_lossy();
        format!("{}_", name.replace('-', "_"))
    }

    /// The file of the city (SQLite).
    pub(crate) fn file(&self) -> PathBuf {
        self.dir.join("tenants").join(format!("{CITY}.sqlite"))
    }

    /// The schema of the city (PostgreSQL).
    pub(crate) fn schema(&self) -> String {
        format!("{}t_{CITY}", self.prefix())
    }

    /// A command of the server's binary in this place.
    pub(crate) fn command(&self, server: &Path) -> Result<Command> {
        std::fs::create_dir_all(&self.dir)?;
        let mut command = process::command(server, &self.dir.join("log"))?;
        command.arg("--data-dir").arg(&self.dir).env("YIZHAN_DATABASE__PREFIX", self.prefix());
        if let Some(url) = &self.url {
            command.args(["--database-url", url, "--admin-url", url]);
        }
        Ok(command)
    }

    /// Seeds so many cities with so many markets each; what is there is kept.
    pub(crate) fn seed(&self, server: &Path, tenants: u32, markets: u32) -> Result<()> {
        self.seed_with(server, &[("tenants", tenants), ("markets", markets)])
    }

    /// Seeds so many of each; what is there is kept.
    pub(crate) fn seed_with(&self, server: &Path, numbers: &[(&str, u32)]) -> Result<()> {
        let mut command = self.command(server)?;
        command.arg("seed").args(numbers.iter().flat_map(|(of, n)| [format!("--{of}"), n.to_string()]));
        let status = command.status()?;
        if !status.success() {
            return Err(format!("yizhan seed failed; see {}", self.dir.join("log").display()).into());
        }
        Ok(())
    }

    /// Lets PostgreSQL count what was filled in, as it would by itself some minutes later.
    pub(crate) async fn settle(&self) -> Result<()> {
        let Some(url) = &self.url else { return Ok(()) };
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql("VACUUM (ANALYZE)").execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// The server of this place: every setting as it comes, but no limit of rates, which is what a load would measure.
    pub(crate) async fn serve(&self, server: &Path) -> Result<process::Server> {
        self.serve_with(server, &[]).await
    }

    /// The same with these settings in its environment.
    pub(crate) async fn serve_with(&self, server: &Path, settings: &[(&str, &str)]) -> Result<process::Server> {
        let port = process::free_port()?;
        let mut command = self.command(server)?;
        command.envs(settings.iter().copied());
        for rate in ["ACCOUNT", "ADDRESS", "TENANT"] {
            command.env(format!("YIZHAN_HTTP__LIMITS__{rate}_PER_SECOND"), "0");
        }
        command.args(["--listen", &format!("127.0.0.1:{port}"), "serve"]);
        process::Server::start(command, port, "/readyz").await
    }

    /// The house in this process, as the server builds it.
    pub(crate) fn kernel(&self, writers: u32) -> Result<Arc<Kernel>> {
        let mut config = Config::load(None, std::iter::empty())?;
        config.data_dir.clone_from(&self.dir);
        config.database.url = self.url.clone().unwrap_or_default();
        config.database.prefix = self.prefix();
        config.database.writers = writers;
        Ok(yizhan::boot::kernel(config)?)
    }
}
