//! Agencies, as far as roles need them.

use async_graphql::{Context, ID, Object};
use chrono::{DateTime, FixedOffset};
use entities::agency;
use kernel::gql;

/// A licensed human-resources agency, as this city knows it (人力资源服务机构).
#[derive(Clone, Debug)]
pub struct Agency(pub(crate) agency::Model);

/// A licensed human-resources agency, as this city knows it (人力资源服务机构): one licence is one agency.
#[Object]
impl Agency {
    /// Its id (标识).
    async fn id(&self, gql: &Context<'_>) -> ID {
        gql::ctx(gql).gid("Agency", self.0.id)
    }

    /// Its name, as it was written last (机构名称).
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The number of its licence (人力资源服务许可证编号).
    async fn licence_no(&self) -> &str {
        &self.0.licence_no
    }

    /// When the city first heard of it (登记时间).
    async fn entered_at(&self) -> DateTime<FixedOffset> {
        gql::moment(self.0.entered_at)
    }
}
