//! Stories (业务故事): what a bureau does with the house, over real HTTP, on both back ends.

mod directory;
mod hanging_up;
mod licence;
mod morning;
mod pages;
pub(crate) mod town;
mod watching;
