import Pipeline

/// The stages that every pipeline can name. A new stage is one file beside this one, its test, and a line here.
public let standardStages: [any Stage.Type] = [
    IngestStage.self,
    CleanStage.self,
    FilterStage.self,
    ExecStage.self,
    DedupeStage.self,
    TagStage.self,
    ExportStage.self,
]
