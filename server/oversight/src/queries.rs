//! What people look at (查询).

pub mod city;
pub mod pages;
pub mod province;
pub mod reports;
