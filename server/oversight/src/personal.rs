//! What this chapter holds about a person (个人信息): the filers of returns, and who did what with a return.

use std::collections::HashSet;

use kernel::gql::moment;
use kernel::personal::{Person, PersonalData, PersonalField, Piece, Shown, async_trait};
use kernel::{Ctx, Fault, Pii, Text, Tx};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use uuid::Uuid;

use crate::rows::{directory_return, platform_return, return_event};
use crate::rules::returns::ReturnStatus;
use crate::{policy, queries};

/// What can be shown for a reason.
static SHOWN: [Shown; 2] = [
    Shown { kind: "DirectoryReturn", field: PersonalField::Phone, action: &policy::REVEAL },
    Shown { kind: "ProvinceReturn", field: PersonalField::Phone, action: &policy::PROVINCE_REVEAL },
];

/// Why a return stays as it is: what the city handed in and what the province received must be the same.
const KEPT: Text = Text::new(
    "晋人社厅发〔2022〕60号要求的名录报送记录，属履行法定职责，依《个人信息保护法》第十三条保留",
    "a record of the return that notice 60 (2022) of the province asks for: official work, kept under the Personal Information Protection Law, art 13",
);

/// What this chapter knows of people.
pub(crate) struct OfReturns;

#[async_trait]
impl PersonalData for OfReturns {
    fn shown(&self) -> &'static [Shown] {
        &SHOWN
    }

    async fn reveal(&self, tx: &Tx, shown: &Shown, id: Uuid) -> Result<Pii<String>, Fault> {
        let ctx = tx.ctx();
        let (filer, place) = match (shown.kind, ctx.tenant().is_platform()) {
            ("DirectoryReturn", false) => {
                ctx.reach(&policy::READ).await?;
                let row = directory_return::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
                // Of an open return nobody sees a filer: the next snapshot names one anew.
                let closed = row.status != ReturnStatus::Open.name();
                let filer = queries::city::filer(ctx, &row).await?.filter(|_| closed);
                (filer.ok_or(Fault::NotFound)?, kernel::Place::city())
            }
            ("ProvinceReturn", true) => {
                ctx.reach(&policy::PROVINCE_READ).await?;
                let row = platform_return::Entity::find_by_id(id).one(tx).await?.ok_or(Fault::NotFound)?;
                (queries::province::filer(ctx, &row).await?, kernel::Place::city())
            }
            _ => return Err(Fault::NotFound),
        };
        tx.authorize(shown.action, &place).await?;
        Ok(filer.phone)
    }

    async fn held(&self, ctx: &Ctx, person: &Person) -> Result<Vec<Piece>, Fault> {
        if ctx.tenant().is_platform() {
            return Ok(Vec::new());
        }
        let events = return_event::Entity::find()
            .filter(return_event::Column::ActorId.eq(person.account))
            .order_by_asc(return_event::Column::Id)
            .all(&ctx.scope())
            .await?;
        // A filer is a name on a form: it is the person's where the person froze it and has that name.
        let frozen: HashSet<Uuid> = events.iter().filter(|e| e.kind == "FROZEN").map(|e| e.return_id).collect();
        let rows = directory_return::Entity::find().filter(directory_return::Column::Id.is_in(frozen));
        let mut pieces = Vec::new();
        for row in rows.order_by_asc(directory_return::Column::Year).all(&ctx.scope()).await? {
            let filer = queries::city::filer(ctx, &row).await?.filter(|filer| filer.name == person.name);
            let Some(filer) = filer else { continue };
            let values =
                vec![("year", row.year.to_string().into()), ("filer", filer.name), ("filerPhone", filer.phone)];
            pieces.push(Piece { title: Text::new("填报人", "Filer of a return"), values, kept: Some(KEPT) });
        }
        for event in events {
            let mut values = vec![("kind", event.kind.into()), ("at", moment(event.at).to_rfc3339().into())];
            values.extend(event.reason.map(|reason| ("reason", reason.into())));
            let title = Text::new("本人办理的名录填报", "What the person did with a return");
            pieces.push(Piece { title, values, kept: Some(KEPT) });
        }
        Ok(pieces)
    }

    /// Returns stay whole: what was handed in is a record of the city and of the province.
    async fn erase(&self, _: &Tx, _: &Person) -> Result<u64, Fault> {
        Ok(0)
    }
}
