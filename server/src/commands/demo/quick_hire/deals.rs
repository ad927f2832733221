//! What became of the demo's postings (演示用工过程): hired, arrived, paid and unpaid, not come, appealed, cancelled, disputed.

use chrono::Duration;
use hiring::kinds::{PayMethod, Side};
use hiring::{CancelReason, PostingInput, WageLine};
use kernel::ctx::Ctx;
use kernel::fault::Fault;
use uuid::Uuid;

use super::done;
use super::folk::{Crew, Folk, Workers};
use super::parties::Parties;
use super::postings::{self, BRICKS, Offered, PORTER, WAITER};
use super::stage::Stage;

/// The worker at a place of the counter's table.
fn of(workers: &Workers, at: usize) -> Result<&Folk, Fault> {
    workers.all.get(at).ok_or(Fault::NotFound)
}

async fn version(ctx: &Ctx, id: Uuid) -> Result<i32, Fault> {
    hiring::engagement_version_of(ctx, id).await
}

/// The counter hires somebody who stands there.
async fn hire(ctx: &Ctx, shift: Uuid, who: &Folk) -> Result<Uuid, Fault> {
    Ok(done(hiring::hire_walk_in(ctx, shift, who.id, false, None).await)?.id)
}

/// Somebody applies on the telephone.
async fn apply(stage: &Stage, shift: Uuid, who: &Folk, standby: bool) -> Result<Uuid, Fault> {
    let ctx = stage.by(&who.citizen).await?;
    Ok(done(hiring::apply_for_shift(&ctx, shift, standby, None).await)?.id)
}

async fn arrive(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    done(hiring::record_arrival(ctx, id, version(ctx, id).await?, None).await).map(drop)
}

async fn complete(ctx: &Ctx, id: Uuid) -> Result<(), Fault> {
    done(hiring::complete_engagement(ctx, id, version(ctx, id).await?, None).await).map(drop)
}

/// The worker says what was paid.
async fn paid(stage: &Stage, who: &Folk, id: Uuid, fen: i64) -> Result<(), Fault> {
    let ctx = stage.by(&who.citizen).await?;
    done(hiring::confirm_pay(&ctx, id, version(&ctx, id).await?, fen, None).await).map(drop)
}

/// What was paid to somebody, by the hiring party's own words.
fn line(ctx: &Ctx, engagement: Uuid, fen: i64) -> WageLine {
    WageLine {
        engagement,
        minutes: 480,
        pieces: None,
        due_fen: fen,
        deduction_fen: 0,
        deduction_reason: None,
        paid_fen: fen,
        paid_at: ctx.now(),
        method: PayMethod::Mobile,
        proof: None,
    }
}

/// Days that are over (近一周的用工).
pub(super) async fn last_week(stage: &Stage, crew: &Crew, parties: &Parties, workers: &Workers) -> Result<(), Fault> {
    let again = porters(stage, crew, parties, workers).await?;
    bricks(stage, crew, parties, workers).await?;
    let taken = waiters(stage, crew, parties, workers).await?;
    let staff = stage.by(&crew.staff).await?;
    stage.go(-1, (5, 50));
    arrive(&staff, again).await?;
    stage.go(-1, (10, 20));
    arrive(&staff, taken).await?;
    stage.go(-1, (14, 35));
    complete(&staff, taken).await?;
    stage.go(-1, (15, 5));
    complete(&staff, again).await?;
    stage.rest().await
}

/// Four days ago: three were paid, one less than was agreed; one was not, which was warned of; one did not come and appeals.
/// Says which engagement is Zhang's of yesterday, at the same place.
async fn porters(stage: &Stage, crew: &Crew, parties: &Parties, workers: &Workers) -> Result<Uuid, Fault> {
    stage.go(-5, (16, 30));
    let owner = parties.movers.owner.as_ref().unwrap_or(&crew.staff);
    let input = postings::form(
        &stage.itself().await?,
        stage,
        parties.movers.id,
        Some(crew.hall),
        &PORTER,
        &[(-4, (6, 0), (15, 0), 6), (-1, (6, 0), (15, 0), 2)],
    );
    let offer =
        postings::post(stage, owner, PostingInput { instant: Some(true), ..input }, Some(&crew.manager)).await?;
    let shift = offer.shift(0)?;
    let zhang = apply(stage, shift, &workers.zhang, false).await?;
    let again = apply(stage, offer.shift(1)?, &workers.zhang, false).await?;
    stage.rest().await?;
    stage.go(-4, (5, 10));
    let staff = stage.by(&crew.staff).await?;
    let mut hired = Vec::new();
    for at in [0, 1, 2, 4] {
        hired.push((at, hire(&staff, shift, of(workers, at)?).await?));
    }
    stage.go(-4, (5, 50));
    arrive(&staff, zhang).await?;
    let (absent, came) = hired.split_last().ok_or(Fault::NotFound)?;
    for (_, id) in came {
        arrive(&staff, *id).await?;
    }
    stage.go(-4, (6, 25));
    done(hiring::record_no_show(&staff, absent.1, version(&staff, absent.1).await?, None).await)?;
    stage.go(-4, (15, 5));
    let party = stage.by(owner).await?;
    for id in came.iter().map(|(_, id)| *id).chain([zhang]) {
        complete(&party, id).await?;
    }
    stage.go(-4, (15, 40));
    let ids: Vec<Uuid> = came.iter().take(2).map(|(_, id)| *id).chain([zhang]).collect();
    let lines = ids.iter().map(|id| line(&party, *id, 22_000)).collect();
    done(hiring::save_wage_sheet(&party, offer.id, hiring::SheetWhich { id: None, version: None }, lines, None).await)?;
    stage.go(-4, (18, 20));
    paid(stage, &workers.zhang, zhang, 22_000).await?;
    let told = [(0, 22_000), (1, 20_000)];
    for ((_, id), (_, fen)) in came.iter().zip(told) {
        done(hiring::record_pay_answer(&staff, *id, version(&staff, *id).await?, fen, None).await)?;
    }
    stage.rest().await?;
    stage.go(-3, (10, 0));
    appeal(stage, of(workers, absent.0)?).await?;
    stage.rest().await?;
    Ok(again)
}

/// Whoever did not come says why it should not count.
async fn appeal(stage: &Stage, who: &Folk) -> Result<(), Fault> {
    let ctx = stage.by(&who.citizen).await?;
    let point = hiring::my_points(&ctx).await?.into_iter().next().ok_or(Fault::NotFound)?;
    let reason = "当天早上五点半母亲突发疾病送医，来不及打电话，有急诊病历可以证明，请撤销记分。";
    done(hiring::appeal_point(&ctx, point.row.id, reason.into(), None).await).map(drop)
}

/// Two days ago: a foreman's three, hired together; all were paid, one disputes what he was paid for.
async fn bricks(stage: &Stage, crew: &Crew, parties: &Parties, workers: &Workers) -> Result<(), Fault> {
    stage.go(-3, (15, 0));
    let house = stage.itself().await?;
    let input = postings::form(&house, stage, parties.gang, Some(crew.hall), &BRICKS, &[(-2, (6, 30), (17, 30), 3)]);
    let offer = postings::post(stage, &crew.staff, input, Some(&crew.manager)).await?;
    let mut asked = Vec::new();
    for at in [5, 6, 7] {
        asked.push(apply(stage, offer.shift(0)?, of(workers, at)?, false).await?);
    }
    stage.go(-3, (17, 30));
    let staff = stage.by(&crew.staff).await?;
    done(hiring::confirm_group(&staff, offer.shift(0)?, asked.clone(), None).await)?;
    stage.rest().await?;
    stage.go(-2, (6, 20));
    for id in &asked {
        arrive(&staff, *id).await?;
    }
    stage.go(-2, (17, 40));
    for id in &asked {
        complete(&staff, *id).await?;
    }
    stage.go(-2, (19, 0));
    for (at, id) in [5, 6, 7].into_iter().zip(&asked) {
        paid(stage, of(workers, at)?, *id, 32_000).await?;
    }
    if let Some(id) = asked.get(2) {
        let ctx = stage.by(&of(workers, 7)?.citizen).await?;
        let words = "说好砌墙，下午改成扛水泥，还多干了一个小时，工钱应当补足。".to_owned();
        done(hiring::dispute_engagement(&ctx, *id, version(&ctx, *id).await?, words, None).await)?;
    }
    stage.rest().await
}

/// For yesterday: one who was talked with and agreed, one who was not taken.
async fn waiters(stage: &Stage, crew: &Crew, parties: &Parties, workers: &Workers) -> Result<Uuid, Fault> {
    stage.go(-2, (15, 0));
    let house = stage.itself().await?;
    let input =
        postings::form(&house, stage, parties.noodles, Some(crew.hall), &WAITER, &[(-1, (10, 30), (14, 30), 1)]);
    let offer = postings::post(stage, &crew.staff, postings::part_time(input), Some(&crew.manager)).await?;
    stage.go(-2, (15, 25));
    let taken = apply(stage, offer.shift(0)?, of(workers, 8)?, false).await?;
    let other = apply(stage, offer.shift(0)?, of(workers, 9)?, false).await?;
    stage.go(-2, (15, 50));
    let staff = stage.by(&crew.staff).await?;
    done(hiring::mark_contacted(&staff, taken, version(&staff, taken).await?, None).await)?;
    stage.go(-2, (16, 10));
    done(hiring::agree_engagement(&staff, taken, version(&staff, taken).await?, None).await)?;
    stage.go(-2, (16, 15));
    done(hiring::confirm_engagement(&staff, taken, version(&staff, taken).await?, false, None).await)?;
    done(hiring::decline_engagement(&staff, other, version(&staff, other).await?, None).await)?;
    stage.rest().await?;
    Ok(taken)
}

/// What happens yesterday evening for today and tomorrow (昨晚的报名与变化).
pub(super) async fn yesterday(stage: &Stage, crew: &Crew, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    stage.go(-1, (16, 30));
    let today = offered.porters.shift(0)?;
    apply(stage, today, &workers.zhang, false).await?;
    for at in [0, 1] {
        apply(stage, today, of(workers, at)?, false).await?;
    }
    let late = apply(stage, today, of(workers, 10)?, false).await?;
    // The fifth stands by, and has the place as soon as the fourth cancels.
    apply(stage, today, of(workers, 2)?, true).await?;
    apply(stage, today, of(workers, 11)?, true).await?;
    talk(stage, crew, offered, workers).await?;
    gangs(stage, crew, offered, workers).await?;
    licensed(stage, crew, offered, workers).await?;
    over_age(stage, offered, workers).await?;
    stage.rest().await?;
    stage.go(-1, (19, 10));
    let ctx = stage.by(&of(workers, 10)?.citizen).await?;
    let reason = CancelReason::OtherWork;
    done(hiring::cancel_engagement(&ctx, late, version(&ctx, late).await?, reason, None, None).await)?;
    stage.rest().await?;
    stage.go(-1, (20, 0));
    postings::take_down(stage, crew, offered).await
}

/// The household and two who would clean for it; the noodle shop and whoever applied there.
async fn talk(stage: &Stage, crew: &Crew, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    stage.go(-1, (17, 0));
    let shift = offered.cleaning.shift(0)?;
    let first = apply(stage, shift, &workers.mother, false).await?;
    apply(stage, shift, of(workers, 21)?, false).await?;
    let staff = stage.by(&crew.staff).await?;
    done(hiring::send_message(&staff, first, "您好，窗户都在室内擦，需要自带梯子吗？".to_owned(), None).await)?;
    let ctx = stage.by(&workers.mother.citizen).await?;
    done(hiring::send_message(&ctx, first, "家里有人字梯就行，我九点准时到。".to_owned(), None).await)?;
    let waiters = offered.waiters.shift(0)?;
    apply(stage, waiters, &workers.minor, false).await?;
    let agreed = apply(stage, waiters, of(workers, 9)?, false).await?;
    done(hiring::agree_engagement(&staff, agreed, version(&staff, agreed).await?, None).await).map(drop)
}

/// The gang leader: three for tomorrow together, and one for today whom he does not need after all.
async fn gangs(stage: &Stage, crew: &Crew, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    stage.go(-1, (17, 20));
    let staff = stage.by(&crew.staff).await?;
    let three: Vec<Uuid> = [5, 6, 20].into_iter().filter_map(|at| workers.all.get(at)).map(|who| who.id).collect();
    done(hiring::hire_group(&staff, offered.bricks.shift(1)?, three, false, None).await)?;
    let unneeded = hire(&staff, offered.bricks.shift(0)?, of(workers, 20)?).await?;
    stage.go(-1, (18, 30));
    let (reason, side) = (CancelReason::NoWork, Some(Side::Party));
    done(hiring::cancel_engagement(&staff, unneeded, version(&staff, unneeded).await?, reason, side, None).await)
        .map(drop)
}

/// The two licensed operators hire whom they registered: one posting is filled.
async fn licensed(stage: &Stage, crew: &Crew, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    let ctx = stage.by(&crew.builders).await?;
    for who in &workers.builders {
        hire(&ctx, offered.steel.shift(0)?, who).await?;
    }
    let ctx = stage.by(&crew.logistics).await?;
    for who in &workers.movers {
        hire(&ctx, offered.loaders.shift(0)?, who).await?;
    }
    apply(stage, offered.loaders.shift(0)?, of(workers, 10)?, true).await.map(drop)
}

/// One over the age of retirement, who has accepted the written agreement and waits for the other side; one of fifty-six.
async fn over_age(stage: &Stage, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    let shift = offered.gardeners.shift(0)?;
    let id = apply(stage, shift, of(workers, 17)?, false).await?;
    let ctx = stage.by(&of(workers, 17)?.citizen).await?;
    done(hiring::accept_agreement(&ctx, id, None, None).await)?;
    apply(stage, shift, of(workers, 18)?, false).await.map(drop)
}

/// The sorters' shifts around the clock: those that are over are done, that of now is at work, those ahead are hired.
async fn shifts(stage: &Stage, crew: &Crew, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    let staff = stage.by(&crew.staff).await?;
    let bands = [(-1, 22), (0, 6), (0, 14), (0, 22)];
    let of_band = [[12, 13, 3], [14, 15, 16], [12, 3, 21], [13, 14, 15]];
    let mut hired = Vec::new();
    for (at, who) in of_band.iter().enumerate() {
        let mut ids = Vec::new();
        for one in who {
            ids.push(hire(&staff, offered.sorters.shift(at)?, of(workers, *one)?).await?);
        }
        hired.push(ids);
    }
    stage.rest().await?;
    // The third is late, and nobody knows yet whether he comes.
    let mut steps = Vec::new();
    for ((day, hour), ids) in bands.into_iter().zip(hired) {
        let begins = stage.at(day, (hour, 0)).to_utc();
        let there: Vec<Uuid> = ids.into_iter().take(2).collect();
        steps.push((begins - Duration::minutes(5), true, there.clone()));
        steps.push((begins + Duration::minutes(500), false, there));
    }
    steps.sort_by_key(|(moment, ..)| *moment);
    for (moment, comes, there) in steps {
        if stage.is_over(moment) {
            stage.go_to(moment);
            for id in there {
                if comes { arrive(&staff, id).await? } else { complete(&staff, id).await? }
            }
            stage.rest().await?;
        }
    }
    Ok(())
}

/// What happens today up to now (今天到现在).
pub(super) async fn today(stage: &Stage, crew: &Crew, offered: &Offered, workers: &Workers) -> Result<(), Fault> {
    shifts(stage, crew, offered, workers).await?;
    stage.go_to(stage.now());
    let tomorrow = offered.porters.shift(1)?;
    apply(stage, tomorrow, &workers.zhang, false).await?;
    apply(stage, tomorrow, of(workers, 4)?, false).await?;
    // Cancelled with its posting, which is withdrawn in the end.
    hire(&stage.by(&crew.staff).await?, offered.withdrawn.shift(0)?, of(workers, 16)?).await?;
    stage.rest().await
}
