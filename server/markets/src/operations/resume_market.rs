//! Resumes a suspended market: back into the directory (恢复).

use kernel::{Ctx, Once, Outcome, Stop};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::events::MarketResumed;
use crate::kinds::MarketStatus;
use crate::policy;
use crate::rows::market;
use crate::rules::inclusion::Unfit;
use crate::rules::lifecycle::{Step, after};
use crate::store::{annotations, credit, history, market as rows, visible};

kernel::refusals! {
    /// Why it was not done (不予恢复).
    pub ResumeMarket => ResumeMarketReason, ResumeMarketRefusalCode {
        /// Someone else changed it.
        Conflict { current: i32 } @ "version":
            "该市场已被他人修改（现为第 {current} 版），请刷新后再试。" /
            "Someone else changed this market (now version {current}); reload and try again.",
        /// Not from the state it is in.
        NotFromHere { status_zh: String, status_en: String } @ "id":
            "该市场当前状态为“{status_zh}”，只有暂停的市场可以恢复。" /
            "This market is {status_en}; only a suspended market is resumed.",
        /// A commercial market without a licence.
        NoLicence @ "licenceNo":
            "经营性市场恢复前，请先填写运营机构的人力资源服务许可证编号（人力资源市场暂行条例第十八条）。" /
            "Enter the number of the operator's licence before resuming a commercial market (Interim Regulations on the Human Resources Market, art 18).",
        /// A licence that ran out.
        LicenceExpired { until: String } @ "licenceUntil":
            "运营机构的人力资源服务许可证已于 {until} 到期，请核对新证并更新编号和有效期后再恢复。" /
            "The operator's licence ran out on {until}; look at the new one, enter its number and last day, then resume.",
        /// What is registered of the agency says that its licence ran out.
        AgencyLicenceExpired { since: String } @ "agency":
            "登记的机构许可证自 {since} 起已过期，请先由登记机关变更有效期并核验新证，再办理恢复市场。" /
            "By what is registered of the agency its licence is good for nothing since {since}; have its last day amended and the new one verified, then resume the market.",
        /// The agency's licence is suspended.
        LicenceSuspended { since: String } @ "agency":
            "运营机构的许可证自 {since} 起已暂停，恢复之前不能恢复市场（人力资源市场暂行条例第十八条）。" /
            "The operator's licence is suspended since {since}; resume the market once it is given back (Interim Regulations on the Human Resources Market, art 18).",
        /// The agency's licence is revoked.
        LicenceRevoked { since: String } @ "agency":
            "运营机构的许可证自 {since} 起已吊销，不能恢复市场；请更换持证的运营机构（人力资源市场暂行条例第十八条）。" /
            "The operator's licence is revoked since {since}; resume the market under another agency (Interim Regulations on the Human Resources Market, art 18).",
        /// Bad credit in force.
        BadCredit { since: String } @ "badCredits":
            "运营机构自 {since} 起被列为严重失信，不能恢复；信用修复后请先登记移出日期（人社部发〔2022〕38号第九条）。" /
            "The operator is of seriously bad credit since {since} and cannot be resumed; once it is lifted, record the day (national notice of 2022, art 9).",
    }
}

/// Resumes a suspended market: back into the directory (恢复).
pub async fn resume_market(
    ctx: &Ctx,
    id: Uuid,
    version: i32,
    once: Option<Once>,
) -> Result<Outcome, Stop<ResumeMarket>> {
    ctx.transact_once(&policy::RESUME, once, |tx| async move {
        let market = visible::load_for(&tx, &policy::RESUME, id).await?;
        let unfit = credit::unfit(&tx, &market, tx.ctx().today()).await?;
        let status = decide(&market, version, unfit).map_err(Stop::Refused)?;
        let change =
            market::ActiveModel { status: Set(status), status_reason: Set(None), ..market::ActiveModel::default() };
        if !rows::change(&tx, &market, change).await? {
            return Err(Stop::Refused(ResumeMarket::Conflict { current: market.version + 1 }));
        }
        if market.public_interest {
            annotations::ensure(&tx, &[id]).await?;
        }
        history::write(&tx, id, "resumed", None);
        tx.announce(&MarketResumed { id })?;
        Ok(Outcome::of("Market", id, version + 1))
    })
    .await
}

fn decide(market: &market::Model, version: i32, unfit: Option<Unfit>) -> Result<MarketStatus, ResumeMarket> {
    if market.version != version {
        return Err(ResumeMarket::Conflict { current: market.version });
    }
    let title = market.status.title();
    let status = after(market.status, Step::Resume)
        .ok_or_else(|| ResumeMarket::NotFromHere { status_zh: title.zh.to_owned(), status_en: title.en.to_owned() })?;
    unfit.map_or(Ok(status), |unfit| Err(unfit.into()))
}

crate::rules::inclusion::refused_as_unfit!(ResumeMarket);
