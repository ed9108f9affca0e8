-- Undoes the step of the same name; written by db:generate. Review it before you need it: what was dropped comes
-- back empty. Where that must not happen, let "-- rowhouse:irreversible reason=..." stand here instead.
DROP TABLE "dependencies" CASCADE;
--> statement-breakpoint
DROP TABLE "deployments" CASCADE;
--> statement-breakpoint
DROP TABLE "environments" CASCADE;
--> statement-breakpoint
DROP TABLE "fixtures" CASCADE;
--> statement-breakpoint
DROP TABLE "interactions" CASCADE;
--> statement-breakpoint
DROP TABLE "service_versions" CASCADE;
--> statement-breakpoint
DROP TABLE "services" CASCADE;
--> statement-breakpoint
DROP TABLE "specs" CASCADE;
--> statement-breakpoint
DROP TABLE "verification_results" CASCADE;
--> statement-breakpoint
DROP TABLE "verification_tasks" CASCADE;
