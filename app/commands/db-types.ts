import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openEmbedded } from "#db/embedded.server.ts";
import { migrate } from "#db/migrate.server.ts";

/** Words that a check constraint allows, as types; the constraint itself stands in the migration. */
const choice = "'agree' | 'oppose' | 'abstain'";
const stage =
  "'intent' | 'reserve' | 'assessment' | 'consultation' | 'plan-notice' | 'agreement' | 'approval' | 'construction' | 'acceptance' | 'in-use'";
const sideState = "'paused' | 'disputed' | 'ended' | 'not-suitable' | null";
const intentChoice = "'willing' | 'unwilling' | 'undecided'";
const worry = "'cost' | 'light' | 'noise' | 'ground-floor' | 'other' | null";
const ballotChannel = "'online' | 'paper' | 'assisted' | 'proxy'";
const ticketParties = "('committee' | 'contractor' | 'agent' | 'office')[]";
const columns = {
  "account_event.kind": "'added' | 'granted' | 'revoked' | 'deactivated' | 'activated' | 'setup-code' | 'password' | 'authenticator' | 'signed-out'",
  "account_event.role": "import('#app/domain/roles.ts').Role | null",
  "account_event.scope": "import('#app/domain/roles.ts').GrantScope | null",
  "assessment.grade": "import('#app/domain/assessment.ts').Grade | null",
  "assessment_factor.finding": "import('#app/domain/assessment.ts').Finding",
  "assessment_finding.assessment_id": "number",
  "assessment_finding.factor": "string",
  "assessment_finding.finding": "import('#app/domain/assessment.ts').Finding",
  "assessment_finding.at": "Date",
  "assessment_finding.account_id": "number",
  "ballot.choice": choice,
  "counting_ballot.choice": choice,
  "ballot.channel": ballotChannel,
  "counting_ballot.channel": ballotChannel,
  "pending_check.choice": choice,
  "pending_check.channel": ballotChannel,
  "ballot_check.verdict": "'confirmed' | 'disagreed'",
  "ballot_look.purpose": "import('#app/domain/ballot-look.ts').LookPurpose",
  "ballot_page.aside": "'not-a-ballot' | 'duplicate' | 'unreadable' | null",
  "ballot_image.role": "'ballot' | 'authorisation'",
  "ballot_ended.kind": "'void' | 'undone' | 'disagreed' | 'unchecked'",
  "certificate.source": "'portal' | 'import'",
  "consultation.scope": "import('kysely').Generated<'stairwell' | 'community'>",
  "file.kind": "import('#app/domain/files.ts').FileKind",
  "file.original_type": "'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'",
  "firm_record.kind": "import('#app/domain/firm.ts').FirmKind",
  "firm_record.grade": "import('#app/domain/firm.ts').FirmGrade | null",
  "engagement.role": "import('#app/domain/firm.ts').FirmKind",
  "ledger_entry.kind": "'due' | 'paid'",
  "spending_entry.kind": "'budget' | 'spent'",
  "plan_version.entry": "import('#app/domain/plan.ts').PlanEntry",
  "plan_version.position": "import('#app/domain/plan.ts').PlanPosition",
  "flat.area_source": "import('kysely').Generated<'register' | 'survey' | 'contract'>",
  "grant.role": "import('#app/domain/roles.ts').Role",
  "grant.scope": "import('#app/domain/roles.ts').GrantScope",
  "intent.choice": intentChoice,
  "counting_intent.choice": intentChoice,
  "intent.worry": worry,
  "counting_intent.worry": worry,
  "intent.channel": "'online' | 'paper' | 'assisted'",
  "intent.known_by": "'slip' | 'phone' | 'committee' | 'import' | null",
  "intent_confirmation.way": "'slip' | 'phone' | 'committee'",
  "intent_rejection.way": "import('kysely').Generated<'committee' | 'owner'>",
  "binding_request.side": "'owner' | 'tenant'",
  "binding_decision.verdict": "'approved' | 'refused'",
  "grant.way": "'roll' | 'slip' | 'request' | null",
  "ballot_void_request.way": "import('kysely').Generated<'staff' | 'owner'>",
  "owner.kind": "'person' | 'company' | 'developer' | 'public'",
  "owner_question.answer": "'same' | 'different' | null",
  "mediation_step.kind": "import('#app/domain/mediation.ts').MediationStep",
  "mediation_step.outcome": "import('#app/domain/mediation.ts').MediationOutcome | null",
  "mediation_step.party": "import('#app/domain/mediation.ts').OfferParty | null",
  "notice.kind": "import('#app/domain/notice.ts').NoticeKind",
  "notice_file.role": "'drawing' | 'posted'",
  "opinion.channel": "import('#app/domain/opinion.ts').OpinionChannel",
  "opinion.kind": "import('#app/domain/opinion.ts').OpinionKind",
  "outbox.kind": "import('#app/domain/message.ts').MessageKind",
  "phone_code.purpose": "import('#app/domain/sign-in.ts').CodePurpose",
  "project.stage": `import('kysely').Generated<${stage}>`,
  "project.side_state": sideState,
  "side_move.from_state": sideState,
  "side_move.to_state": sideState,
  "stage_evidence.kind": "import('#app/domain/stage-moves.ts').EvidenceKind",
  "stage_evidence.stage": stage,
  "stage_move.from_stage": stage,
  "stage_move.to_stage": stage,
  "ticket.kind": "'noise' | 'stop' | 'quality' | 'money' | 'reassessment' | 'ballot-not-mine' | 'intent-not-mine' | 'other'",
  "ticket.channel": "'online' | 'phone' | 'walk-in' | 'link'",
  "ticket_step.kind": "'accepted' | 'assigned' | 'answer' | 'note' | 'solved' | 'not-solved' | 'escalated'",
  "ticket_step.side": "'resident' | 'committee' | 'contractor' | 'agent' | 'office' | 'portal'",
  "ticket_step.parties": `${ticketParties} | null`,
  "ticket_standing.ticket_id": "number",
  "ticket_standing.due_on": "string",
  "ticket_standing.asked": ticketParties,
  "ticket_standing.answered": ticketParties,
  "ticket_standing.escalated": "boolean",
  "ticket_standing.state": "'opened' | 'reopened' | 'accepted' | 'assigned' | 'answered' | 'solved'",
  "site_fault_step.kind": "import('#app/domain/site-fault.ts').FaultStep",
  "site_report.kind": "import('#app/domain/milestones.ts').ReportKind",
  "site_report.cause": "import('#app/domain/milestones.ts').StopCause | null",
  "site_report.owner": "import('#app/domain/milestones.ts').StepOwner | null",
  "milestone_decision.verdict": "'confirmed' | 'returned'",
  "visit.outcome": "'met' | 'called' | 'absent'",
};

const verify = process.argv.includes("--verify");
// A database of its own, so that the types are those of the migrations and of nothing that was there before.
const folder = mkdtempSync(path.join(tmpdir(), "jiati-types-"));
const database = await openEmbedded({ dataDir: path.join(folder, "data"), database: "jiati", holder: "command" });
await migrate(database.ownerUrl);
const done = spawnSync(
  "npx",
  ["kysely-codegen", "--dialect", "postgres", "--camel-case", "--date-parser", "string", "--singularize=false",
    "--exclude-pattern", "(kysely_migration*|graphile_worker.*)", "--type-mapping", JSON.stringify({ int8: "number", bytea: "Buffer" }),
    "--overrides", JSON.stringify({ columns }), "--out-file", "db/schema.d.ts", "--url", database.ownerUrl, ...(verify ? ["--verify"] : [])],
  { stdio: "inherit" },
);
await database.stop();
for (const place of [database.home, folder]) rmSync(place, { recursive: true, force: true });
process.exitCode = done.status ?? 1;
