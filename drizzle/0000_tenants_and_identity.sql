CREATE TABLE "tenants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"status" text DEFAULT 'provisioning' NOT NULL,
	"plan" text DEFAULT 'free' NOT NULL,
	"isolation" text DEFAULT 'shared' NOT NULL,
	"data_region" text DEFAULT 'eu' NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"branding" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"contact_email" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "tenants_slug_is_dns_label" CHECK ("tenants"."slug" ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length("tenants"."slug") <= 63),
	CONSTRAINT "tenants_name_length" CHECK (length("tenants"."name") between 1 and 255),
	CONSTRAINT "tenants_status_known" CHECK ("tenants"."status" in ('provisioning', 'active', 'suspended', 'archived')),
	CONSTRAINT "tenants_plan_known" CHECK ("tenants"."plan" in ('free', 'pro', 'enterprise')),
	CONSTRAINT "tenants_isolation_known" CHECK ("tenants"."isolation" in ('shared', 'schema', 'database'))
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"name" text NOT NULL,
	"public_id" text NOT NULL,
	"secret_digest" "bytea" NOT NULL,
	"previous_digest" "bytea",
	"previous_expires_at" timestamp(3) with time zone,
	"scopes" text[] NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp(3) with time zone,
	"last_used_at" timestamp(3) with time zone,
	"revoked_at" timestamp(3) with time zone,
	CONSTRAINT "api_keys_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "api_keys_name_length" CHECK (length("api_keys"."name") between 1 and 255),
	CONSTRAINT "api_keys_platform_scopes_in_system_tenant" CHECK (not ('platform:admin' = any("api_keys"."scopes")) or "api_keys"."tenant_id" = '00000000-0000-0000-0000-000000000001')
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"actor_type" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" text NOT NULL,
	"reason" text,
	"request_id" text,
	"ip" text,
	"old_values" jsonb,
	"new_values" jsonb,
	CONSTRAINT "audit_log_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tenants_slug_live" ON "tenants" USING btree ("slug") WHERE "tenants"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_public_id" ON "api_keys" USING btree ("public_id");--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "audit_log" USING btree ("tenant_id","entity_type","entity_id");--> statement-breakpoint
-- The wall. Raises (42501) when no tenant was set: a forgotten context is an error, never an empty list.
CREATE FUNCTION current_tenant_id() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
  tenant text := pg_catalog.current_setting('app.tenant_id', true);
BEGIN
  IF tenant IS NULL OR tenant = '' THEN
    RAISE EXCEPTION 'no tenant context' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN tenant::uuid;
END
$$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION current_tenant_id() FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION current_tenant_id() TO rowhouse_app;--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "api_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "api_keys_floor" ON "api_keys" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "api_keys_tenant" ON "api_keys" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "name", "public_id", "secret_digest", "previous_digest", "previous_expires_at", "scopes", "created_by", "expires_at", "last_used_at", "revoked_at") ON "api_keys" TO rowhouse_app;--> statement-breakpoint
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_log" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "audit_log_floor" ON "audit_log" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "audit_log_tenant" ON "audit_log" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
-- Written once, never changed.
GRANT SELECT, INSERT ON "audit_log" TO rowhouse_app;--> statement-breakpoint
-- The control plane: the tenant catalogue, and what authentication needs of the keys before a tenant is known.
GRANT SELECT, INSERT, UPDATE ON "tenants" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, INSERT ON "api_keys" TO rowhouse_control;--> statement-breakpoint
GRANT UPDATE ("last_used_at", "updated_at") ON "api_keys" TO rowhouse_control;--> statement-breakpoint
GRANT INSERT ON "audit_log" TO rowhouse_control;--> statement-breakpoint
CREATE POLICY "api_keys_control" ON "api_keys" AS PERMISSIVE FOR ALL TO rowhouse_control USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "audit_log_control" ON "audit_log" AS PERMISSIVE FOR INSERT TO rowhouse_control WITH CHECK (true);--> statement-breakpoint
-- Every instance forgets what it cached of a row as soon as the row's change commits.
CREATE FUNCTION notify_tenant_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_tenant', COALESCE(NEW.id, OLD.id)::text);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "tenants_changed" AFTER INSERT OR UPDATE OR DELETE ON "tenants" FOR EACH ROW EXECUTE FUNCTION notify_tenant_changed();--> statement-breakpoint
CREATE FUNCTION notify_api_key_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_api_key', OLD.public_id);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "api_keys_deleted" AFTER DELETE ON "api_keys" FOR EACH ROW EXECUTE FUNCTION notify_api_key_changed();--> statement-breakpoint
-- Not for last_used_at: it changes once a minute and decides nothing.
CREATE TRIGGER "api_keys_changed" AFTER UPDATE ON "api_keys" FOR EACH ROW
  WHEN ((OLD.secret_digest, OLD.previous_digest, OLD.previous_expires_at, OLD.scopes, OLD.name, OLD.expires_at, OLD.revoked_at, OLD.deleted_at)
    IS DISTINCT FROM (NEW.secret_digest, NEW.previous_digest, NEW.previous_expires_at, NEW.scopes, NEW.name, NEW.expires_at, NEW.revoked_at, NEW.deleted_at))
  EXECUTE FUNCTION notify_api_key_changed();--> statement-breakpoint
INSERT INTO "tenants" ("id", "slug", "name", "status") VALUES ('00000000-0000-0000-0000-000000000001', 'system', 'Rowhouse operators', 'active');
