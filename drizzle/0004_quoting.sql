CREATE TABLE "approval_requests" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"approver_id" uuid NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"notes" text,
	"requested_by" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp(3) with time zone,
	CONSTRAINT "approval_requests_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "approval_requests_decision_whole" CHECK (("approval_requests"."status" = 'pending') = ("approval_requests"."decided_at" is null) and ("approval_requests"."decided_by" is null) = ("approval_requests"."decided_at" is null)),
	CONSTRAINT "approval_requests_subject_known" CHECK ("approval_requests"."subject_type" in ('quote')),
	CONSTRAINT "approval_requests_status_known" CHECK ("approval_requests"."status" in ('pending', 'approved', 'rejected', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "customer_contacts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"customer_id" uuid NOT NULL,
	"name" text NOT NULL,
	"role" text,
	"email" text,
	"phone" text,
	"is_primary" boolean DEFAULT false NOT NULL,
	CONSTRAINT "customer_contacts_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "customer_contacts_name_length" CHECK (length("customer_contacts"."name") between 1 and 255)
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"number" text NOT NULL,
	"company_name" text NOT NULL,
	"legal_name" text,
	"status" text DEFAULT 'prospect' NOT NULL,
	"type" text DEFAULT 'business' NOT NULL,
	"industry" text,
	"website" text,
	"email" text,
	"phone" text,
	"tax_id" text,
	"address_line1" text,
	"address_line2" text,
	"city" text,
	"region" text,
	"postal_code" text,
	"country" text,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "customers_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "customers_metadata_clean" CHECK (metadata_is_clean("customers"."metadata")),
	CONSTRAINT "customers_company_name_length" CHECK (length("customers"."company_name") between 1 and 255),
	CONSTRAINT "customers_country_code" CHECK ("customers"."country" ~ '^[A-Z]{2}$'),
	CONSTRAINT "customers_status_known" CHECK ("customers"."status" in ('active', 'inactive', 'prospect')),
	CONSTRAINT "customers_type_known" CHECK ("customers"."type" in ('business', 'individual', 'government'))
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"value" integer NOT NULL,
	CONSTRAINT "counters_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "counters_value_positive" CHECK ("counters"."value" > 0),
	CONSTRAINT "counters_kind_known" CHECK ("counters"."kind" in ('customer', 'quote'))
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"customer_id" uuid NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"status" text DEFAULT 'planning' NOT NULL,
	"owner_id" uuid,
	"starts_on" date,
	"ends_on" date,
	"budget" numeric(15, 2),
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "projects_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "projects_of_customer" UNIQUE("tenant_id","customer_id","id"),
	CONSTRAINT "projects_metadata_clean" CHECK (metadata_is_clean("projects"."metadata")),
	CONSTRAINT "projects_code_length" CHECK (length("projects"."code") between 1 and 64),
	CONSTRAINT "projects_name_length" CHECK (length("projects"."name") between 1 and 255),
	CONSTRAINT "projects_time_in_order" CHECK ("projects"."starts_on" <= "projects"."ends_on"),
	CONSTRAINT "projects_budget_not_negative" CHECK (least("projects"."budget") >= 0),
	CONSTRAINT "projects_status_known" CHECK ("projects"."status" in ('planning', 'active', 'on_hold', 'completed', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "quote_links" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"quote_id" uuid NOT NULL,
	"token_digest" "bytea" NOT NULL,
	"expires_at" timestamp(3) with time zone NOT NULL,
	"revoked_at" timestamp(3) with time zone,
	"created_by" text NOT NULL,
	CONSTRAINT "quote_links_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "quote_lines" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"quote_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"kind" text NOT NULL,
	"sku" text,
	"description" text NOT NULL,
	"service_category_id" uuid,
	"rate_card_item_id" uuid,
	"rate_source" text NOT NULL,
	"quantity" numeric(10, 4) NOT NULL,
	"unit" text NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"unit_cost" numeric(15, 4),
	"discount_type" text,
	"discount_value" numeric(15, 4),
	"tax_class" text NOT NULL,
	"tax_rate" numeric(5, 4) NOT NULL,
	"net" numeric(15, 2) NOT NULL,
	"tax" numeric(15, 2) NOT NULL,
	"total" numeric(15, 2) NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "quote_lines_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quote_lines_metadata_clean" CHECK (metadata_is_clean("quote_lines"."metadata")),
	CONSTRAINT "quote_lines_number_positive" CHECK ("quote_lines"."line_number" > 0),
	CONSTRAINT "quote_lines_description_length" CHECK (length("quote_lines"."description") between 1 and 4000),
	CONSTRAINT "quote_lines_quantity_positive" CHECK ("quote_lines"."quantity" > 0),
	CONSTRAINT "quote_lines_tax_rate_is_fraction" CHECK ("quote_lines"."tax_rate" between 0 and 1),
	CONSTRAINT "quote_lines_figures_add_up" CHECK ("quote_lines"."total" = "quote_lines"."net" + "quote_lines"."tax"),
	CONSTRAINT "quote_lines_figures_not_negative" CHECK (least("quote_lines"."unit_price", "quote_lines"."unit_cost", "quote_lines"."net", "quote_lines"."tax", "quote_lines"."total") >= 0),
	CONSTRAINT "quote_lines_discount_whole" CHECK (case when "quote_lines"."discount_type" is null then "quote_lines"."discount_value" is null else "quote_lines"."discount_value" is not null and "quote_lines"."discount_value" >= 0 and "quote_lines"."discount_type" in ('percentage', 'fixed', 'per_unit') and ("quote_lines"."discount_type" <> 'percentage' or "quote_lines"."discount_value" <= 1) and ("quote_lines"."discount_type" <> 'fixed' or "quote_lines"."discount_value" = round("quote_lines"."discount_value", 2)) end),
	CONSTRAINT "quote_lines_kind_known" CHECK ("quote_lines"."kind" in ('service', 'product', 'material', 'travel', 'expense')),
	CONSTRAINT "quote_lines_unit_known" CHECK ("quote_lines"."unit" in ('hour', 'day', 'piece', 'fixed')),
	CONSTRAINT "quote_lines_rate_source_known" CHECK ("quote_lines"."rate_source" in ('explicit', 'item_code', 'service_category', 'description')),
	CONSTRAINT "quote_lines_tax_class_known" CHECK ("quote_lines"."tax_class" in ('standard', 'reduced', 'exempt'))
);
--> statement-breakpoint
CREATE TABLE "quotes" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"number" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"project_id" uuid,
	"title" text NOT NULL,
	"description" text,
	"type" text DEFAULT 'fixed_price' NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"currency" text NOT NULL,
	"exchange_rate" numeric(10, 6) DEFAULT '1' NOT NULL,
	"prices_include_tax" boolean DEFAULT false NOT NULL,
	"discount_type" text,
	"discount_value" numeric(15, 4),
	"subtotal" numeric(15, 2) DEFAULT '0' NOT NULL,
	"discount_amount" numeric(15, 2) DEFAULT '0' NOT NULL,
	"tax_amount" numeric(15, 2) DEFAULT '0' NOT NULL,
	"total_amount" numeric(15, 2) DEFAULT '0' NOT NULL,
	"terms" text,
	"notes" text,
	"internal_notes" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"approved_by" text,
	"approved_at" timestamp(3) with time zone,
	"sent_at" timestamp(3) with time zone,
	"viewed_at" timestamp(3) with time zone,
	"accepted_at" timestamp(3) with time zone,
	"accepted_by_name" text,
	"accepted_by_role" text,
	"rejected_at" timestamp(3) with time zone,
	"reason" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" text NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "quotes_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quotes_metadata_clean" CHECK (metadata_is_clean("quotes"."metadata")),
	CONSTRAINT "quotes_title_length" CHECK (length("quotes"."title") between 1 and 255),
	CONSTRAINT "quotes_validity_in_order" CHECK ("quotes"."valid_from" <= "quotes"."valid_until"),
	CONSTRAINT "quotes_exchange_rate_positive" CHECK ("quotes"."exchange_rate" > 0),
	CONSTRAINT "quotes_figures_add_up" CHECK ("quotes"."total_amount" = "quotes"."subtotal" - "quotes"."discount_amount" + "quotes"."tax_amount" and "quotes"."discount_amount" <= "quotes"."subtotal"),
	CONSTRAINT "quotes_figures_not_negative" CHECK (least("quotes"."subtotal", "quotes"."discount_amount", "quotes"."tax_amount", "quotes"."total_amount") >= 0),
	CONSTRAINT "quotes_currency_code" CHECK ("quotes"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "quotes_discount_whole" CHECK (case when "quotes"."discount_type" is null then "quotes"."discount_value" is null else "quotes"."discount_value" is not null and "quotes"."discount_value" >= 0 and "quotes"."discount_type" in ('percentage', 'fixed') and ("quotes"."discount_type" <> 'percentage' or "quotes"."discount_value" <= 1) and ("quotes"."discount_type" <> 'fixed' or "quotes"."discount_value" = round("quotes"."discount_value", 2)) end),
	CONSTRAINT "quotes_type_known" CHECK ("quotes"."type" in ('fixed_price', 'time_and_materials', 'retainer')),
	CONSTRAINT "quotes_version_positive" CHECK ("quotes"."version" > 0),
	CONSTRAINT "quotes_approval_whole" CHECK (("quotes"."approved_by" is null) = ("quotes"."approved_at" is null)),
	CONSTRAINT "quotes_accepted_when" CHECK (("quotes"."status" = 'accepted') = ("quotes"."accepted_at" is not null)),
	CONSTRAINT "quotes_reason_given" CHECK ("quotes"."status" not in ('rejected', 'cancelled') or ("quotes"."reason" is not null and length("quotes"."reason") > 0)),
	CONSTRAINT "quotes_status_known" CHECK ("quotes"."status" in ('draft', 'pending', 'approved', 'sent', 'viewed', 'accepted', 'rejected', 'expired', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "rate_card_items" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"rate_card_id" uuid NOT NULL,
	"service_category_id" uuid,
	"item_code" text NOT NULL,
	"name" text NOT NULL,
	"unit" text NOT NULL,
	"base_rate" numeric(15, 4) NOT NULL,
	"cost" numeric(15, 4),
	"tax_class" text DEFAULT 'standard' NOT NULL,
	"effective_from" date,
	"effective_until" date,
	"sort_order" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "rate_card_items_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "rate_card_items_code_length" CHECK (length("rate_card_items"."item_code") between 1 and 64),
	CONSTRAINT "rate_card_items_name_length" CHECK (length("rate_card_items"."name") between 1 and 255),
	CONSTRAINT "rate_card_items_time_in_order" CHECK ("rate_card_items"."effective_from" < "rate_card_items"."effective_until"),
	CONSTRAINT "rate_card_items_rates_not_negative" CHECK (least("rate_card_items"."base_rate", "rate_card_items"."cost") >= 0),
	CONSTRAINT "rate_card_items_unit_known" CHECK ("rate_card_items"."unit" in ('hour', 'day', 'piece', 'fixed')),
	CONSTRAINT "rate_card_items_tax_class_known" CHECK ("rate_card_items"."tax_class" in ('standard', 'reduced', 'exempt'))
);
--> statement-breakpoint
CREATE TABLE "rate_cards" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"currency" text NOT NULL,
	"effective_from" date NOT NULL,
	"effective_until" date,
	"is_default" boolean DEFAULT false NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "rate_cards_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "rate_cards_metadata_clean" CHECK (metadata_is_clean("rate_cards"."metadata")),
	CONSTRAINT "rate_cards_name_length" CHECK (length("rate_cards"."name") between 1 and 255),
	CONSTRAINT "rate_cards_version_positive" CHECK ("rate_cards"."version" > 0),
	CONSTRAINT "rate_cards_time_in_order" CHECK ("rate_cards"."effective_from" < "rate_cards"."effective_until"),
	CONSTRAINT "rate_cards_currency_code" CHECK ("rate_cards"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "service_categories" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"default_unit" text DEFAULT 'hour' NOT NULL,
	CONSTRAINT "service_categories_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "service_categories_code_length" CHECK (length("service_categories"."code") between 1 and 64),
	CONSTRAINT "service_categories_name_length" CHECK (length("service_categories"."name") between 1 and 255),
	CONSTRAINT "service_categories_unit_known" CHECK ("service_categories"."default_unit" in ('hour', 'day', 'piece', 'fixed'))
);
--> statement-breakpoint
CREATE TABLE "tax_rates" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"tax_class" text NOT NULL,
	"rate" numeric(5, 4) NOT NULL,
	"valid_from" date NOT NULL,
	CONSTRAINT "tax_rates_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "tax_rates_rate_is_fraction" CHECK ("tax_rates"."rate" between 0 and 1),
	CONSTRAINT "tax_rates_exempt_is_zero" CHECK ("tax_rates"."tax_class" <> 'exempt' or "tax_rates"."rate" = 0),
	CONSTRAINT "tax_rates_class_known" CHECK ("tax_rates"."tax_class" in ('standard', 'reduced', 'exempt'))
);
--> statement-breakpoint
CREATE TABLE "quote_line_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"quote_version_id" uuid NOT NULL,
	"line_id" uuid NOT NULL,
	"line_number" integer NOT NULL,
	"kind" text NOT NULL,
	"sku" text,
	"description" text NOT NULL,
	"service_category_id" uuid,
	"rate_card_item_id" uuid,
	"rate_source" text NOT NULL,
	"quantity" numeric(10, 4) NOT NULL,
	"unit" text NOT NULL,
	"unit_price" numeric(15, 4) NOT NULL,
	"unit_cost" numeric(15, 4),
	"discount_type" text,
	"discount_value" numeric(15, 4),
	"tax_class" text NOT NULL,
	"tax_rate" numeric(5, 4) NOT NULL,
	"net" numeric(15, 2) NOT NULL,
	"tax" numeric(15, 2) NOT NULL,
	"total" numeric(15, 2) NOT NULL,
	CONSTRAINT "quote_line_versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quote_line_versions_number_positive" CHECK ("quote_line_versions"."line_number" > 0),
	CONSTRAINT "quote_line_versions_description_length" CHECK (length("quote_line_versions"."description") between 1 and 4000),
	CONSTRAINT "quote_line_versions_quantity_positive" CHECK ("quote_line_versions"."quantity" > 0),
	CONSTRAINT "quote_line_versions_tax_rate_is_fraction" CHECK ("quote_line_versions"."tax_rate" between 0 and 1),
	CONSTRAINT "quote_line_versions_figures_add_up" CHECK ("quote_line_versions"."total" = "quote_line_versions"."net" + "quote_line_versions"."tax"),
	CONSTRAINT "quote_line_versions_figures_not_negative" CHECK (least("quote_line_versions"."unit_price", "quote_line_versions"."unit_cost", "quote_line_versions"."net", "quote_line_versions"."tax", "quote_line_versions"."total") >= 0),
	CONSTRAINT "quote_line_versions_discount_whole" CHECK (case when "quote_line_versions"."discount_type" is null then "quote_line_versions"."discount_value" is null else "quote_line_versions"."discount_value" is not null and "quote_line_versions"."discount_value" >= 0 and "quote_line_versions"."discount_type" in ('percentage', 'fixed', 'per_unit') and ("quote_line_versions"."discount_type" <> 'percentage' or "quote_line_versions"."discount_value" <= 1) and ("quote_line_versions"."discount_type" <> 'fixed' or "quote_line_versions"."discount_value" = round("quote_line_versions"."discount_value", 2)) end),
	CONSTRAINT "quote_line_versions_kind_known" CHECK ("quote_line_versions"."kind" in ('service', 'product', 'material', 'travel', 'expense')),
	CONSTRAINT "quote_line_versions_unit_known" CHECK ("quote_line_versions"."unit" in ('hour', 'day', 'piece', 'fixed')),
	CONSTRAINT "quote_line_versions_rate_source_known" CHECK ("quote_line_versions"."rate_source" in ('explicit', 'item_code', 'service_category', 'description')),
	CONSTRAINT "quote_line_versions_tax_class_known" CHECK ("quote_line_versions"."tax_class" in ('standard', 'reduced', 'exempt'))
);
--> statement-breakpoint
CREATE TABLE "quote_versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp(3) with time zone,
	"quote_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"customer_id" uuid NOT NULL,
	"project_id" uuid,
	"title" text NOT NULL,
	"description" text,
	"type" text DEFAULT 'fixed_price' NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"currency" text NOT NULL,
	"exchange_rate" numeric(10, 6) DEFAULT '1' NOT NULL,
	"prices_include_tax" boolean DEFAULT false NOT NULL,
	"discount_type" text,
	"discount_value" numeric(15, 4),
	"subtotal" numeric(15, 2) DEFAULT '0' NOT NULL,
	"discount_amount" numeric(15, 2) DEFAULT '0' NOT NULL,
	"tax_amount" numeric(15, 2) DEFAULT '0' NOT NULL,
	"total_amount" numeric(15, 2) DEFAULT '0' NOT NULL,
	"terms" text,
	"notes" text,
	"internal_notes" text,
	"reason" text,
	"created_by" text NOT NULL,
	CONSTRAINT "quote_versions_pkey" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "quote_versions_title_length" CHECK (length("quote_versions"."title") between 1 and 255),
	CONSTRAINT "quote_versions_validity_in_order" CHECK ("quote_versions"."valid_from" <= "quote_versions"."valid_until"),
	CONSTRAINT "quote_versions_exchange_rate_positive" CHECK ("quote_versions"."exchange_rate" > 0),
	CONSTRAINT "quote_versions_figures_add_up" CHECK ("quote_versions"."total_amount" = "quote_versions"."subtotal" - "quote_versions"."discount_amount" + "quote_versions"."tax_amount" and "quote_versions"."discount_amount" <= "quote_versions"."subtotal"),
	CONSTRAINT "quote_versions_figures_not_negative" CHECK (least("quote_versions"."subtotal", "quote_versions"."discount_amount", "quote_versions"."tax_amount", "quote_versions"."total_amount") >= 0),
	CONSTRAINT "quote_versions_currency_code" CHECK ("quote_versions"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "quote_versions_discount_whole" CHECK (case when "quote_versions"."discount_type" is null then "quote_versions"."discount_value" is null else "quote_versions"."discount_value" is not null and "quote_versions"."discount_value" >= 0 and "quote_versions"."discount_type" in ('percentage', 'fixed') and ("quote_versions"."discount_type" <> 'percentage' or "quote_versions"."discount_value" <= 1) and ("quote_versions"."discount_type" <> 'fixed' or "quote_versions"."discount_value" = round("quote_versions"."discount_value", 2)) end),
	CONSTRAINT "quote_versions_type_known" CHECK ("quote_versions"."type" in ('fixed_price', 'time_and_materials', 'retainer')),
	CONSTRAINT "quote_versions_status_known" CHECK ("quote_versions"."status" in ('draft', 'pending', 'approved', 'sent', 'viewed', 'accepted', 'rejected', 'expired', 'cancelled'))
);
--> statement-breakpoint
ALTER TABLE "approval_requests" ADD CONSTRAINT "approval_requests_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "customer_contacts" ADD CONSTRAINT "customer_contacts_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "customer_contacts" ADD CONSTRAINT "customer_contacts_customer_fkey" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "counters" ADD CONSTRAINT "counters_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_customer_fkey" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_links" ADD CONSTRAINT "quote_links_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_links" ADD CONSTRAINT "quote_links_quote_fkey" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "public"."quotes"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_lines" ADD CONSTRAINT "quote_lines_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_lines" ADD CONSTRAINT "quote_lines_quote_fkey" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "public"."quotes"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_lines" ADD CONSTRAINT "quote_lines_category_fkey" FOREIGN KEY ("tenant_id","service_category_id") REFERENCES "public"."service_categories"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_lines" ADD CONSTRAINT "quote_lines_rate_card_item_fkey" FOREIGN KEY ("tenant_id","rate_card_item_id") REFERENCES "public"."rate_card_items"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_customer_fkey" FOREIGN KEY ("tenant_id","customer_id") REFERENCES "public"."customers"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quotes" ADD CONSTRAINT "quotes_project_of_customer_fkey" FOREIGN KEY ("tenant_id","customer_id","project_id") REFERENCES "public"."projects"("tenant_id","customer_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rate_card_items" ADD CONSTRAINT "rate_card_items_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rate_card_items" ADD CONSTRAINT "rate_card_items_card_fkey" FOREIGN KEY ("tenant_id","rate_card_id") REFERENCES "public"."rate_cards"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rate_card_items" ADD CONSTRAINT "rate_card_items_category_fkey" FOREIGN KEY ("tenant_id","service_category_id") REFERENCES "public"."service_categories"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "rate_cards" ADD CONSTRAINT "rate_cards_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "service_categories" ADD CONSTRAINT "service_categories_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "tax_rates" ADD CONSTRAINT "tax_rates_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_line_versions" ADD CONSTRAINT "quote_line_versions_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_line_versions" ADD CONSTRAINT "quote_line_versions_version_fkey" FOREIGN KEY ("tenant_id","quote_version_id") REFERENCES "public"."quote_versions"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_versions" ADD CONSTRAINT "quote_versions_tenant_fkey" FOREIGN KEY ("tenant_id") REFERENCES "public"."tenants"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "quote_versions" ADD CONSTRAINT "quote_versions_quote_fkey" FOREIGN KEY ("tenant_id","quote_id") REFERENCES "public"."quotes"("tenant_id","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "approval_requests_one_pending" ON "approval_requests" USING btree ("tenant_id","subject_type","subject_id") WHERE "approval_requests"."status" = 'pending';
--> statement-breakpoint
CREATE INDEX "approval_requests_subject" ON "approval_requests" USING btree ("tenant_id","subject_type","subject_id","id");
--> statement-breakpoint
CREATE INDEX "approval_requests_approver" ON "approval_requests" USING btree ("tenant_id","approver_id","status","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "customer_contacts_one_primary" ON "customer_contacts" USING btree ("tenant_id","customer_id") WHERE "customer_contacts"."is_primary" and "customer_contacts"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "customer_contacts_customer" ON "customer_contacts" USING btree ("tenant_id","customer_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "customers_number" ON "customers" USING btree ("tenant_id","number");
--> statement-breakpoint
CREATE INDEX "customers_name" ON "customers" USING btree ("tenant_id","company_name","id");
--> statement-breakpoint
CREATE INDEX "customers_status" ON "customers" USING btree ("tenant_id","status","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "counters_kind_and_year" ON "counters" USING btree ("tenant_id","kind","year");
--> statement-breakpoint
CREATE UNIQUE INDEX "projects_code_live" ON "projects" USING btree ("tenant_id","code") WHERE "projects"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "projects_status" ON "projects" USING btree ("tenant_id","status","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "quote_links_digest" ON "quote_links" USING btree ("tenant_id","token_digest");
--> statement-breakpoint
CREATE INDEX "quote_links_quote" ON "quote_links" USING btree ("tenant_id","quote_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "quote_lines_number" ON "quote_lines" USING btree ("tenant_id","quote_id","line_number");
--> statement-breakpoint
CREATE INDEX "quote_lines_category" ON "quote_lines" USING btree ("tenant_id","service_category_id");
--> statement-breakpoint
CREATE INDEX "quote_lines_rate_card_item" ON "quote_lines" USING btree ("tenant_id","rate_card_item_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "quotes_number" ON "quotes" USING btree ("tenant_id","number");
--> statement-breakpoint
CREATE INDEX "quotes_status" ON "quotes" USING btree ("tenant_id","status","id");
--> statement-breakpoint
CREATE INDEX "quotes_customer" ON "quotes" USING btree ("tenant_id","customer_id","id");
--> statement-breakpoint
CREATE INDEX "quotes_project" ON "quotes" USING btree ("tenant_id","project_id","customer_id");
--> statement-breakpoint
CREATE INDEX "quotes_creator" ON "quotes" USING btree ("tenant_id","created_by","id");
--> statement-breakpoint
CREATE INDEX "quotes_expiring" ON "quotes" USING btree ("tenant_id","valid_until") WHERE "quotes"."status" in ('sent', 'viewed');
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_card_items_code_live" ON "rate_card_items" USING btree ("tenant_id","rate_card_id","item_code") WHERE "rate_card_items"."deleted_at" is null;
--> statement-breakpoint
CREATE INDEX "rate_card_items_order" ON "rate_card_items" USING btree ("tenant_id","rate_card_id","sort_order","id");
--> statement-breakpoint
CREATE INDEX "rate_card_items_category" ON "rate_card_items" USING btree ("tenant_id","service_category_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_cards_version_live" ON "rate_cards" USING btree ("tenant_id","name","version") WHERE "rate_cards"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "rate_cards_one_default" ON "rate_cards" USING btree ("tenant_id","currency") WHERE "rate_cards"."is_default" and "rate_cards"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "service_categories_code_live" ON "service_categories" USING btree ("tenant_id","code") WHERE "service_categories"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "tax_rates_class_live" ON "tax_rates" USING btree ("tenant_id","tax_class","valid_from") WHERE "tax_rates"."deleted_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "quote_line_versions_number" ON "quote_line_versions" USING btree ("tenant_id","quote_version_id","line_number");
--> statement-breakpoint
CREATE UNIQUE INDEX "quote_versions_number" ON "quote_versions" USING btree ("tenant_id","quote_id","number");
--> statement-breakpoint
ALTER TABLE "approval_requests" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "approval_requests" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "approval_requests_floor" ON "approval_requests" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "approval_requests_tenant" ON "approval_requests" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "subject_type", "subject_id", "approver_id", "status", "reason", "notes", "requested_by", "decided_by", "decided_at") ON "approval_requests" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "customer_contacts" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "customer_contacts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "customer_contacts_floor" ON "customer_contacts" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "customer_contacts_tenant" ON "customer_contacts" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "customer_id", "name", "role", "email", "phone", "is_primary") ON "customer_contacts" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "customers" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "customers" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "customers_floor" ON "customers" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "customers_tenant" ON "customers" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "number", "company_name", "legal_name", "status", "type", "industry", "website", "email", "phone", "tax_id", "address_line1", "address_line2", "city", "region", "postal_code", "country", "tags", "metadata") ON "customers" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "counters" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "counters" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "counters_floor" ON "counters" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "counters_tenant" ON "counters" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
-- Not to be deleted: a counter that is gone would give its numbers again.
GRANT SELECT, INSERT, UPDATE ("updated_at", "value") ON "counters" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "projects" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "projects_floor" ON "projects" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "projects_tenant" ON "projects" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "customer_id", "code", "name", "description", "status", "owner_id", "starts_on", "ends_on", "budget", "metadata") ON "projects" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "quote_links" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "quote_links" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "quote_links_floor" ON "quote_links" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "quote_links_tenant" ON "quote_links" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "quote_id", "token_digest", "expires_at", "revoked_at", "created_by") ON "quote_links" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "quote_lines" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "quote_lines" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "quote_lines_floor" ON "quote_lines" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "quote_lines_tenant" ON "quote_lines" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "quote_id", "line_number", "kind", "sku", "description", "service_category_id", "rate_card_item_id", "rate_source", "quantity", "unit", "unit_price", "unit_cost", "discount_type", "discount_value", "tax_class", "tax_rate", "net", "tax", "total", "metadata") ON "quote_lines" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "quotes" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "quotes" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "quotes_floor" ON "quotes" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "quotes_tenant" ON "quotes" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "number", "customer_id", "project_id", "title", "description", "type", "valid_from", "valid_until", "currency", "exchange_rate", "prices_include_tax", "discount_type", "discount_value", "subtotal", "discount_amount", "tax_amount", "total_amount", "terms", "notes", "internal_notes", "status", "approved_by", "approved_at", "sent_at", "viewed_at", "accepted_at", "accepted_by_name", "accepted_by_role", "rejected_at", "reason", "version", "created_by", "metadata") ON "quotes" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "rate_card_items" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "rate_card_items" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "rate_card_items_floor" ON "rate_card_items" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "rate_card_items_tenant" ON "rate_card_items" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "rate_card_id", "service_category_id", "item_code", "name", "unit", "base_rate", "cost", "tax_class", "effective_from", "effective_until", "sort_order") ON "rate_card_items" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "rate_cards" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "rate_cards" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "rate_cards_floor" ON "rate_cards" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "rate_cards_tenant" ON "rate_cards" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "name", "version", "currency", "effective_from", "effective_until", "is_default", "is_active", "metadata") ON "rate_cards" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "service_categories" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "service_categories" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "service_categories_floor" ON "service_categories" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "service_categories_tenant" ON "service_categories" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "code", "name", "default_unit") ON "service_categories" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "tax_rates" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "tax_rates" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "tax_rates_floor" ON "tax_rates" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "tax_rates_tenant" ON "tax_rates" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "created_at", "updated_at", "deleted_at", "tax_class", "rate", "valid_from") ON "tax_rates" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "quote_line_versions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "quote_line_versions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "quote_line_versions_floor" ON "quote_line_versions" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "quote_line_versions_tenant" ON "quote_line_versions" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
-- Written once: a version is history, which nobody changes, not even a fault of ours.
GRANT SELECT, INSERT ON "quote_line_versions" TO rowhouse_app;
--> statement-breakpoint
ALTER TABLE "quote_versions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "quote_versions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "quote_versions_floor" ON "quote_versions" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
CREATE POLICY "quote_versions_tenant" ON "quote_versions" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());
--> statement-breakpoint
-- Written once: a version is history, which nobody changes, not even a fault of ours.
GRANT SELECT, INSERT ON "quote_versions" TO rowhouse_app;
