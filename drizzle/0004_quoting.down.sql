-- Undoes the step of the same name; written by db:generate. Review it before you need it: what was dropped comes
-- back empty. Where that must not happen, let "-- rowhouse:irreversible reason=..." stand here instead.
DROP TABLE "approval_requests" CASCADE;
--> statement-breakpoint
DROP TABLE "customer_contacts" CASCADE;
--> statement-breakpoint
DROP TABLE "customers" CASCADE;
--> statement-breakpoint
DROP TABLE "counters" CASCADE;
--> statement-breakpoint
DROP TABLE "projects" CASCADE;
--> statement-breakpoint
DROP TABLE "quote_links" CASCADE;
--> statement-breakpoint
DROP TABLE "quote_lines" CASCADE;
--> statement-breakpoint
DROP TABLE "quotes" CASCADE;
--> statement-breakpoint
DROP TABLE "rate_card_items" CASCADE;
--> statement-breakpoint
DROP TABLE "rate_cards" CASCADE;
--> statement-breakpoint
DROP TABLE "service_categories" CASCADE;
--> statement-breakpoint
DROP TABLE "tax_rates" CASCADE;
--> statement-breakpoint
DROP TABLE "quote_line_versions" CASCADE;
--> statement-breakpoint
DROP TABLE "quote_versions" CASCADE;
