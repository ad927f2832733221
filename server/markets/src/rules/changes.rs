//! Which fields of a market an amendment changes (变更字段), by their names in GraphQL; never what stands in them.

use std::collections::BTreeSet;

use super::describe::{Contact, Described};
use super::trades::Trade;
use crate::kinds::ServiceKind;
use crate::rows::market;

/// A market as it stands, with what hangs on it (修改前).
#[derive(Clone, Debug)]
pub struct Before<'a> {
    /// Its row.
    pub row: &'a market::Model,
    /// Its trades, in order.
    pub trades: Vec<Trade>,
    /// Its services.
    pub services: BTreeSet<ServiceKind>,
    /// Its contacts: whose, as shown to those who may not see more, public or not.
    pub contacts: Vec<(String, String, bool)>,
}

/// The fields that differ, in the order of the form. A number that is not public is compared by its mask.
#[must_use]
pub fn changed(before: &Before<'_>, d: &Described) -> Vec<&'static str> {
    let row = before.row;
    let contact = |c: &Contact| (c.label.clone(), c.shown(), c.public);
    let contacts: Vec<_> = d.contacts.iter().map(contact).collect();
    [
        ("officialName", row.official_name != d.names.official),
        ("alias", row.alias != d.names.alias),
        ("aliasBasis", row.alias_basis != d.names.basis),
        ("nature", row.nature != d.nature),
        ("operatorKind", row.operator_kind != d.operator_kind),
        ("operatorName", row.operator_name != d.operator_name),
        ("licenceNo", row.licence_no.as_ref() != d.licence.as_ref().map(|l| &l.number)),
        ("licenceUntil", row.licence_until != d.licence.as_ref().and_then(|l| l.until)),
        ("publicInterest", row.public_interest != d.public_interest),
        ("layout", row.layout != d.layout),
        ("address.division", row.division != d.located.division),
        ("address.village", row.village() != d.village),
        ("address.text", row.address != d.address),
        ("address.point", row.point() != d.point),
        ("hours", row.hours_text != d.hours_text()),
        ("trades", before.trades != d.trades),
        ("contacts", before.contacts != contacts),
        ("services", before.services != d.services),
        ("seekerScale", row.scale() != d.scale),
        ("dailySuccesses", row.successes() != d.successes),
        ("remark", row.remark != d.remark),
        ("areaSquareMetres", row.area_square_metres != d.area),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
