//! The eleven cities of Shanxi, and the English names of their tenants.

/// Code, slug, English name.
pub(in crate::commands) const CITIES: [(&str, &str, &str); 11] = [
    ("140100", "taiyuan", "Taiyuan"),
    ("140200", "datong", "Datong"),
    ("140300", "yangquan", "Yangquan"),
    ("140400", "changzhi", "Changzhi"),
    ("140500", "jincheng", "Jincheng"),
    ("140600", "shuozhou", "Shuozhou"),
    ("140700", "jinzhong", "Jinzhong"),
    ("140800", "yuncheng", "Yuncheng"),
    ("140900", "xinzhou", "Xinzhou"),
    ("141000", "linfen", "Linfen"),
    ("141100", "lvliang", "Lvliang"),
];
