//! The proof (验证): nothing here is used by the server. The laws and stories stand in `tests/tests/`.
