//! What hangs on an agency (机构造物), and the agency that everything else of the city hangs on.

use serde_json::Value;

use super::make::Thing;
use super::{House, Town, World};

impl World {
    /// The agency that what is kept of agencies hangs on.
    pub(super) async fn standing_agency(&self, house: &House, town: &Town) -> Result<Value, String> {
        let make = || async { self.by_mutation(house, town, "registerAgency", None).await.map(|(id, _)| id) };
        town.agency.get_or_try_init(make).await.cloned()
    }

    /// An agency, or something of one.
    pub(super) async fn of_an_agency(&self, house: &House, town: &Town, kind: &str) -> Thing {
        let maker = match kind {
            "AgencyPaper" => return self.sent(house, town, "AGENCY_PAPER", b"\x89PNG\r\n\x1A\n").await,
            "PriceItem" => {
                let list = self.by_field(house, town, "savePriceList", &[]).await?;
                return Ok((list["items"][0]["id"].clone(), Value::Null));
            }
            "AgencyBranch" => "saveBranch",
            "AgencyInspection" => "recordInspection",
            "FeeReceipt" => "recordFeeReceipt",
            _ => "registerAgency",
        };
        self.by_mutation(house, town, maker, None).await
    }
}
