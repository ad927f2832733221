//! What the gateway for text messages brings (短信网关来件), from the transport to the kernel.

use std::sync::Arc;

use kernel::ctx::Actor;
use kernel::fault::Stop;
use kernel::kernel::{Kernel, TenantInfo};
use kernel::sms::{Purpose, ReceiveSms, Report};
use kernel::text::Lang;
use uuid::Uuid;

use crate::http::ports::{SmsRefused, SmsReport, SmsReportKind};

/// Takes it in for a tenant.
pub(crate) async fn receive(
    kernel: &Arc<Kernel>,
    tenant: Arc<TenantInfo>,
    request_id: Uuid,
    report: SmsReport,
) -> Result<(), SmsRefused> {
    let purpose = match report.kind {
        SmsReportKind::Reply => Purpose::Reply,
        SmsReportKind::Receipt => Purpose::Receipt,
    };
    let taken = async {
        let ctx = kernel.ctx_of(tenant, Actor::Anonymous, Lang::Zh, request_id).await?;
        let SmsReport { timestamp, signature, body, .. } = &report;
        kernel::sms::receive(&ctx, Report { purpose, timestamp, signature, body }).await
    };
    taken.await.map_err(|stop| match stop {
        Stop::Refused(ReceiveSms::NotSet) => SmsRefused::NotSet,
        Stop::Refused(ReceiveSms::Forged) => SmsRefused::Forged,
        Stop::Refused(ReceiveSms::Stale) => SmsRefused::Stale,
        Stop::Refused(ReceiveSms::Malformed) => SmsRefused::Malformed,
        Stop::Refused(ReceiveSms::Repeated) => SmsRefused::Repeated,
        Stop::Refused(ReceiveSms::Unknown) => SmsRefused::Unknown,
        Stop::Fault(fault) => {
            tracing::error!(%fault, cause = %fault.cause(), %request_id, "what the gateway brought could not be taken in");
            SmsRefused::Fault
        }
    })
}
