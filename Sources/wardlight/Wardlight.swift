//===----------------------------------------------------------------------===//
// Wardlight · the command
//
// wardlight: the lamp on the ward.
//
// SPDX-License-Identifier: Apache-2.0
//===----------------------------------------------------------------------===//

import ArgumentParser

@main
struct Wardlight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wardlight",
        abstract: "Shows every device of a hospital from the traffic it makes, and never sends a packet.",
        version: "0.1.0",
        subcommands: [
            InventoryCommand.self, TopologyCommand.self, ExplainCommand.self, CorrectCommand.self, MergeCommand.self,
            SplitCommand.self, AcceptCommand.self, CompensateCommand.self, LearnCommand.self, EvaluateCommand.self,
            SimulateCommand.self, KnowledgeCommand.self, PeripheralsCommand.self, SightingsCommand.self,
            AnswersCommand.self, ReportCommand.self, PatchesCommand.self, AdvisoriesCommand.self, LogCommand.self,
            ReplayCommand.self, RunCommand.self, DemoCommand.self, BackupCommand.self, RestoreCommand.self,
            TokenCommand.self,
            FoldMeasure.self, LongLog.self,
            InitCommand.self, PrintCACommand.self, DoctorCommand.self, DowntimeCommand.self,
        ])
}
