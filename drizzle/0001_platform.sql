CREATE TABLE "invitations" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"invited_by" text NOT NULL,
	"token_digest" "bytea" NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"accepted_by" uuid,
	"status" text DEFAULT 'pending' NOT NULL,
	CONSTRAINT "invitations_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "invitations_email_length" CHECK (length("invitations"."email") between 3 and 320),
	CONSTRAINT "invitations_role_known" CHECK ("invitations"."role" in ('owner', 'admin', 'member', 'viewer')),
	CONSTRAINT "invitations_status_known" CHECK ("invitations"."status" in ('pending', 'accepted', 'expired', 'revoked'))
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "memberships_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "memberships_role_known" CHECK ("memberships"."role" in ('owner', 'admin', 'member', 'viewer'))
);
--> statement-breakpoint
CREATE TABLE "external_organizations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"external_id" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "external_organizations_length" CHECK (length("external_organizations"."external_id") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"first_name" text,
	"last_name" text,
	"photo_url" text,
	"issuer" text,
	"external_id" text,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "users_email_length" CHECK (length("users"."email") between 3 and 320),
	CONSTRAINT "users_subject_whole" CHECK (("users"."issuer" is null) = ("users"."external_id" is null))
);
--> statement-breakpoint
CREATE TABLE "mail_outbox" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"recipient" text NOT NULL,
	"content" jsonb,
	"status" text DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"sent_at" timestamp(3) with time zone,
	CONSTRAINT "mail_outbox_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "mail_outbox_status_known" CHECK ("mail_outbox"."status" in ('queued', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "tenant_domains" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"verification_token" text NOT NULL,
	"verified_at" timestamp(3) with time zone,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "tenant_domains_lower_case" CHECK ("tenant_domains"."domain" = lower("tenant_domains"."domain") and length("tenant_domains"."domain") between 3 and 253),
	CONSTRAINT "tenant_domains_status_known" CHECK ("tenant_domains"."status" in ('pending', 'verified', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "tenant_features" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"feature" text NOT NULL,
	"enabled" boolean NOT NULL,
	"source" text NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	CONSTRAINT "tenant_features_source_known" CHECK ("tenant_features"."source" in ('plan', 'override'))
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"fingerprint" "bytea" NOT NULL,
	"answer" "bytea" NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
DROP INDEX "audit_log_entity";--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_fkey" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_organizations" ADD CONSTRAINT "external_organizations_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_domains" ADD CONSTRAINT "tenant_domains_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tenant_features" ADD CONSTRAINT "tenant_features_tenant_id_tenants_id_fk" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_pending" ON "invitations" USING btree ("tenant_id",lower("email")) WHERE "invitations"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "invitations_token" ON "invitations" USING btree ("token_digest");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_user_live" ON "memberships" USING btree ("tenant_id","user_id") WHERE "memberships"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "external_organizations_name" ON "external_organizations" USING btree ("issuer","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_live" ON "users" USING btree (lower("email")) WHERE "users"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_subject" ON "users" USING btree ("issuer","external_id");--> statement-breakpoint
CREATE INDEX "mail_outbox_due" ON "mail_outbox" USING btree ("next_attempt_at") WHERE "mail_outbox"."status" = 'queued';--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_domains_verified" ON "tenant_domains" USING btree ("domain") WHERE "tenant_domains"."status" = 'verified' and "tenant_domains"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_domains_live" ON "tenant_domains" USING btree ("tenant_id","domain") WHERE "tenant_domains"."deleted_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tenant_features_feature" ON "tenant_features" USING btree ("tenant_id","feature");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("tenant_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_entity" ON "audit_log" USING btree ("tenant_id","entity_type","entity_id","id");--> statement-breakpoint
ALTER TABLE "invitations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invitations" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "invitations_floor" ON "invitations" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "invitations_tenant" ON "invitations" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "email", "role", "invited_by", "token_digest", "expires_at", "accepted_by", "status") ON "invitations" TO rowhouse_app;--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "memberships" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "memberships_floor" ON "memberships" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "memberships_tenant" ON "memberships" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "user_id", "role") ON "memberships" TO rowhouse_app;--> statement-breakpoint
ALTER TABLE "mail_outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "mail_outbox" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "mail_outbox_floor" ON "mail_outbox" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "mail_outbox_tenant" ON "mail_outbox" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
-- Written with what it tells of, never read back: a mail may carry a token.
GRANT INSERT ON "mail_outbox" TO rowhouse_app;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "idempotency_keys" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "idempotency_keys_floor" ON "idempotency_keys" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "idempotency_keys_tenant" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ("created_at", "updated_at", "fingerprint", "answer") ON "idempotency_keys" TO rowhouse_app;--> statement-breakpoint
-- The control plane: people, what they are members of, and what its workers send and sweep.
GRANT SELECT, INSERT, UPDATE ON "users" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "external_organizations" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "tenant_domains" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "tenant_features" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, INSERT ON "memberships" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, UPDATE ("status", "accepted_by", "updated_at") ON "invitations" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, UPDATE ("content", "status", "attempts", "next_attempt_at", "last_error", "sent_at", "updated_at") ON "mail_outbox" TO rowhouse_control;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("created_at", "updated_at", "fingerprint", "answer") ON "idempotency_keys" TO rowhouse_control;--> statement-breakpoint
CREATE POLICY "memberships_control" ON "memberships" AS PERMISSIVE FOR ALL TO rowhouse_control USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "invitations_control" ON "invitations" AS PERMISSIVE FOR ALL TO rowhouse_control USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "mail_outbox_control" ON "mail_outbox" AS PERMISSIVE FOR ALL TO rowhouse_control USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "idempotency_keys_control" ON "idempotency_keys" AS PERMISSIVE FOR ALL TO rowhouse_control USING (true) WITH CHECK (true);--> statement-breakpoint
-- Every instance forgets what it cached of a person, as soon as the change commits.
CREATE FUNCTION notify_user_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.external_id IS NOT NULL THEN
    PERFORM pg_catalog.pg_notify('rowhouse_user', OLD.issuer || chr(10) || OLD.external_id);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.external_id IS NOT NULL THEN
    PERFORM pg_catalog.pg_notify('rowhouse_user', NEW.issuer || chr(10) || NEW.external_id);
  END IF;
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "users_changed" AFTER INSERT OR UPDATE OR DELETE ON "users" FOR EACH ROW EXECUTE FUNCTION notify_user_changed();--> statement-breakpoint
CREATE FUNCTION notify_membership_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_membership', COALESCE(NEW.user_id, OLD.user_id)::text);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "memberships_changed" AFTER INSERT OR UPDATE OR DELETE ON "memberships" FOR EACH ROW EXECUTE FUNCTION notify_membership_changed();--> statement-breakpoint
CREATE FUNCTION notify_organization_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_organization', COALESCE(NEW.issuer, OLD.issuer) || chr(10) || COALESCE(NEW.external_id, OLD.external_id));
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "external_organizations_changed" AFTER INSERT OR UPDATE OR DELETE ON "external_organizations" FOR EACH ROW EXECUTE FUNCTION notify_organization_changed();--> statement-breakpoint
-- The features are cached with their tenant.
CREATE FUNCTION notify_features_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_tenant', COALESCE(NEW.tenant_id, OLD.tenant_id)::text);
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "tenant_features_changed" AFTER INSERT OR UPDATE OR DELETE ON "tenant_features" FOR EACH ROW EXECUTE FUNCTION notify_features_changed();--> statement-breakpoint
-- A worker somewhere sends it at once.
CREATE FUNCTION notify_mail_queued() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_catalog.pg_notify('rowhouse_mail', '');
  RETURN NULL;
END
$$;--> statement-breakpoint
CREATE TRIGGER "mail_outbox_queued" AFTER INSERT ON "mail_outbox" FOR EACH STATEMENT EXECUTE FUNCTION notify_mail_queued();
