//! What a log may say of a cause (日志中的原因): enough to find the defect, and nothing of what a row, a form or a token
//! holds. A database repeats values in its messages ("Key (username)=(…) already exists"); a parser quotes what it read.

use std::error::Error;
use std::fmt;

use sea_orm::{DbErr, RuntimeErr};

/// Why something failed, without personal data (原因).
#[derive(Clone, Copy)]
pub struct Cause<'a>(Option<&'a (dyn Error + 'static)>);

impl<'a> Cause<'a> {
    /// The cause of an error, and the causes of that.
    #[must_use]
    pub const fn of(error: Option<&'a (dyn Error + 'static)>) -> Self {
        Self(error)
    }
}

impl fmt::Display for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(mut error) = self.0 else { return f.write_str("none") };
        loop {
            let ends = write(error, f)?;
            match error.source() {
                Some(source) if !ends => error = source,
                _ => return Ok(()),
            }
            f.write_str(": ")?;
        }
    }
}

impl fmt::Debug for Cause<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes one error; says whether what lies behind it is said as well.
fn write(error: &(dyn Error + 'static), f: &mut fmt::Formatter<'_>) -> Result<bool, fmt::Error> {
    if let Some(error) = error.downcast_ref::<DbErr>() {
        match error {
            DbErr::Conn(e) | DbErr::Exec(e) | DbErr::Query(e) => match e {
                RuntimeErr::SqlxError(e) => database(e, f)?,
                RuntimeErr::Internal(_) => f.write_str("the database layer failed")?,
            },
            DbErr::Custom(_) | DbErr::RecordNotFound(_) | DbErr::ConnectionAcquire(_) => write!(f, "{error}")?,
            _ => f.write_str("a row or statement could not be read or built")?,
        }
        return Ok(true);
    }
    if let Some(error) = error.downcast_ref::<sqlx::Error>() {
        database(error, f)?;
        return Ok(true);
    }
    if let Some(error) = error.downcast_ref::<serde_json::Error>() {
        write!(f, "JSON: {:?} at {}:{}", error.classify(), error.line(), error.column())?;
        return Ok(true);
    }
    if let Some(error) = error.downcast_ref::<tokio::task::JoinError>() {
        // The hook has said where.
        f.write_str(if error.is_panic() { "it panicked" } else { "it was cancelled" })?;
        return Ok(true);
    }
    write!(f, "{error}")?;
    Ok(false)
}

/// State, constraint and table of a refused statement; the kind of anything else.
fn database(error: &sqlx::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(refused) = error.as_database_error() else {
        return match error {
            sqlx::Error::Io(error) => write!(f, "{error}"),
            sqlx::Error::PoolTimedOut => f.write_str("no connection was free in time"),
            sqlx::Error::PoolClosed => f.write_str("the pool is closed"),
            sqlx::Error::WorkerCrashed => f.write_str("the database worker crashed"),
            sqlx::Error::RowNotFound => f.write_str("no row"),
            _ => f.write_str("the connection or a value failed"),
        };
    };
    write!(f, "the database answered {}", refused.code().as_deref().unwrap_or("without a state"))?;
    if let Some(constraint) = refused.constraint() {
        write!(f, ", constraint {constraint}")?;
    }
    if let Some(table) = refused.table() {
        write!(f, ", table {table}")?;
    }
    if refused.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        // SQLite names tables and columns, never values.
        write!(f, ", {}", refused.message())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::fault::Fault;

    #[test]
    fn what_a_parser_read_does_not_reach_the_log() {
        let error = serde_json::from_str::<u8>("\"marker-13912345678\"").unwrap_err();
        assert!(error.to_string().contains("marker"), "the parser quotes it: {error}");
        let fault = Fault::of("read a form")(error);
        assert_eq!(fault.cause().to_string(), "JSON: Data at 1:20");
    }

    #[test]
    fn causes_are_told_to_the_last() {
        let fault = Fault::of("write a file")(std::io::Error::other("disk full"));
        assert_eq!(fault.cause().to_string(), "disk full");
        let outer = Fault::of("save")(fault);
        assert_eq!(outer.cause().to_string(), "could not write a file: disk full");
        assert_eq!(Fault::internal("guess").cause().to_string(), "none");
    }
}
