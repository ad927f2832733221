//! Rows of which no operation makes thirty (行), as they lie in tables that their chapters show to nobody.

pub(crate) mod years {
    //! A year's return as it lies in the table of a chapter that shows its tables to nobody.

    use kernel::{Fault, Tx};
    use sea_orm::ConnectionTrait as _;
    use sea_orm::sea_query::{Alias, Query};

    pub(crate) async fn begin(tx: &Tx, year: i32) -> Result<(), Fault> {
        let now = tx.ctx().now();
        let columns = ["id", "year", "status", "version_no", "row_count", "created_at", "updated_at", "version"];
        let row = Query::insert()
            .into_table(Alias::new("directory_return"))
            .columns(columns.map(Alias::new))
            .values_panic([
                tx.ctx().new_id().into(),
                year.into(),
                "OPEN".into(),
                0.into(),
                0.into(),
                now.into(),
                now.into(),
                1.into(),
            ])
            .to_owned();
        tx.execute(&row).await?;
        Ok(())
    }
}

pub(crate) mod reports {
    //! A version of the roll-up, with a city, as it lies in the tables of a chapter that shows its tables to nobody.

    use kernel::{Fault, Tx};
    use sea_orm::ConnectionTrait as _;
    use sea_orm::sea_query::{Alias, Expr, Query};

    pub(crate) async fn freeze(tx: &Tx, version_no: i32) -> Result<(), Fault> {
        let (ctx, due) = (tx.ctx(), chrono::NaiveDate::from_ymd_opt(2026, 12, 20));
        let id = ctx.new_id();
        let report: [(&str, Expr); 9] = [
            ("id", id.into()),
            ("year", 2026.into()),
            ("version_no", version_no.into()),
            ("city_count", 0.into()),
            ("row_count", 0.into()),
            ("cities_due_on", due.into()),
            ("ministry_due_on", due.into()),
            ("frozen_at", ctx.now().into()),
            ("version", 1.into()),
        ];
        insert(tx, "platform_report", report).await?;
        let city: [(&str, Expr); 8] = [
            ("id", ctx.new_id().into()),
            ("report_id", id.into()),
            ("city", "140100".into()),
            ("name_zh", "太原市".into()),
            ("name_en", "Taiyuan".into()),
            ("status", "OPEN".into()),
            ("late", false.into()),
            ("monitoring", false.into()),
        ];
        insert(tx, "platform_report_city", city).await
    }

    async fn insert<const N: usize>(tx: &Tx, table: &str, values: [(&str, Expr); N]) -> Result<(), Fault> {
        let columns = values.iter().map(|(column, _)| Alias::new(*column)).collect::<Vec<_>>();
        let row = Query::insert()
            .into_table(Alias::new(table))
            .columns(columns)
            .values_panic(values.map(|(_, value)| value))
            .to_owned();
        tx.execute(&row).await?;
        Ok(())
    }
}
