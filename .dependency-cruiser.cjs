/** The import table of the house: what each folder may import, besides npm packages and node. */
const may = (name, from, allowed) => ({
  name,
  severity: "error",
  from: { path: from, pathNot: "\\.test\\.tsx?$" },
  to: { path: "^(app|db|tests)/", pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    may("domain", "^app/domain/", "^app/domain/"),
    {
      name: "domain-imports-only-zod",
      severity: "error",
      from: { path: "^app/domain/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["npm", "core"], pathNot: "node_modules/zod/" },
    },
    may("i18n", "^app/i18n/", "^app/(i18n|domain|record)/|^app/paths\\.ts$"),
    may("ui", "^app/ui/", "^app/(ui|i18n|domain)/|^app/paths\\.ts$"),
    may("integrations", "^app/integrations/", "^app/integrations/|^app/config\\.server\\.ts$"),
    may("record", "^app/record/", "^app/(record|domain)/"),
    may("db", "^db/", "^db/|^app/(domain|record)/|^app/config\\.server\\.ts$"),
    may("use-cases", "^app/use-cases/", "^app/(use-cases|domain|record|integrations)/|^db/"),
    may("http", "^app/http/", "^app/(http|domain|i18n|integrations)/|^db/|^app/(config\\.server|paths)\\.ts$"),
    may("routes", "^app/(routes/|root\\.tsx)", "^app/(http|domain|record|i18n|ui|use-cases|integrations)/|^db/|^app/(paths|nonce|log\\.server)\\.ts$"),
    { name: "only-tests-import-routes", severity: "error", from: { pathNot: "^tests/" }, to: { path: "^app/routes/" } },
    { name: "only-the-process-imports-commands", severity: "error", from: { pathNot: "^(tests|app/commands)/" }, to: { path: "^app/commands/" } },
    { name: "migrations-import-kysely", severity: "error", from: { path: "^db/migrations/" }, to: { pathNot: "node_modules/kysely/" } },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^(virtual:|.*\\.css\\?url$)" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"], extensions: [".ts", ".tsx", ".js", ".d.ts"] },
  },
};
