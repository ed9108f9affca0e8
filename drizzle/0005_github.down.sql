-- Undoes the step of the same name; written by db:generate. Review it before you need it: what was dropped comes
-- back empty. Where that must not happen, let "-- rowhouse:irreversible reason=..." stand here instead.
DROP TABLE "github_bindings" CASCADE;
--> statement-breakpoint
DROP TABLE "github_used_states" CASCADE;
--> statement-breakpoint
DROP TABLE "github_installation_repositories" CASCADE;
--> statement-breakpoint
DROP TABLE "github_installations" CASCADE;
--> statement-breakpoint
DROP TABLE "github_deliveries" CASCADE;
--> statement-breakpoint
ALTER TABLE "services" DROP COLUMN "github_repository_id";

--> statement-breakpoint
DROP FUNCTION notify_github_delivery();
