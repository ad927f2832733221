//! Whoever is erased is gone (删除个人信息): a mark that stood in every place that can hold it is found nowhere after, sealed or
//! not, but in the ledgers that the law has kept.

mod account;
mod acting;
mod citizen;
mod household;
mod kept;
mod life;
mod places;
mod restored;

use std::sync::LazyLock;

use kernel::Ctx;

use crate::world::engagements::arrange;
use crate::world::{TAIYUAN, World};

/// Stands in everything about the person but the user name; so long that no random text holds it by chance.
const MARK: &str = "Zqxjvkwpy";
const WHY: &str = "本人书面申请删除";

/// The number of a citizen who is erased; nobody else's holds these digits.
const PHONE: &str = "13987654321";
/// The number that it had before.
const FORMER: &str = "13912345678";

/// The number of its identity card, which nobody else's is; over age, so that there is a written agreement too.
static ID: LazyLock<String> = LazyLock::new(|| people::testing::id_number("1962-07-19", 777));

/// The person, as everybody calls it.
fn name() -> String {
    format!("李{MARK}")
}

/// Somebody of the city who has an account.
async fn caller(world: &World, name: &str) -> Ctx {
    let town = world.town(TAIYUAN);
    let actor = town.callers.iter().find(|c| c.name == name).expect("somebody of this world").actor.clone();
    world.ctx(town, actor).await
}
