//! Parameters of energy settlement that governance may set.

/// How settlements come about.
pub enum SettlementMode {
    /// All that is due is settled together, every so many blocks.
    Batch { blocks_per_settlement: u64 },
    /// Each reading is settled by itself, within so many milliseconds.
    RealTime { latency_bound_ms: u64 },
}

/// One decision of governance about energy settlement.
pub struct SettlementParams {
    pub mode: SettlementMode,
    /// Parts per million of the stake that must agree; at most 1 000 000.
    pub quorum_threshold_ppm: u32,
    /// After so many blocks without a quorum the decision lapses.
    pub expiry_blocks: u64,
}

impl SettlementParams {
    pub fn is_valid(&self) -> bool {
        let mode = match self.mode {
            SettlementMode::Batch { blocks_per_settlement } => blocks_per_settlement > 0,
            SettlementMode::RealTime { latency_bound_ms } => latency_bound_ms > 0,
        };
        mode && self.quorum_threshold_ppm <= 1_000_000 && self.expiry_blocks > 0
    }
}
