-- Business values do not hide in JSON: every metadata column has a CHECK that calls this (src/database/metadata).
CREATE OR REPLACE FUNCTION metadata_is_clean(metadata jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
DECLARE
  words CONSTANT text[] := '{subtotal,taxtotal,grandtotal,totalamount,totals,unitprice,price,amount,cost,discount,discountamount,discountvalue,taxamount,taxrate,taxclass,quantity,qty,unit,currency,exchangerate,rate,status,calculations,breakdown,linenumber,description,sku,itemcode,servicecategoryid,ratecardid,quotenumber,customerid,projectid,validfrom,validuntil,approvedby,sentat}';
BEGIN
  -- The size comes first: it bounds what the rest has to walk.
  IF jsonb_typeof(metadata) <> 'object' OR octet_length(metadata::text) > 16384 THEN
    RETURN false;
  END IF;
  IF jsonb_path_exists(metadata, 'strict $.**{10} ? (@.type() == "object" || @.type() == "array")') THEN
    RETURN false;
  END IF;
  RETURN NOT EXISTS (
    SELECT FROM jsonb_path_query(metadata, 'strict $.** ? (@.type() == "object")') AS object, jsonb_object_keys(object) AS key
    WHERE key = '__proto__' OR translate(key, E'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ\uff21\uff22\uff23\uff24\uff25\uff26\uff27\uff28\uff29\uff2a\uff2b\uff2c\uff2d\uff2e\uff2f\uff30\uff31\uff32\uff33\uff34\uff35\uff36\uff37\uff38\uff39\uff3a\uff41\uff42\uff43\uff44\uff45\uff46\uff47\uff48\uff49\uff4a\uff4b\uff4c\uff4d\uff4e\uff4f\uff50\uff51\uff52\uff53\uff54\uff55\uff56\uff57\uff58\uff59\uff5a\u212a\u017f\u0009\u000a\u000b\u000c\u000d\u0020\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000_-\u2010\u2011\u2012\u2013\u2014\u2015\u203f\u2040\u2054\u2212\ufe4d\ufe4e\ufe4f\ufe58\ufe63\uff0d\uff3f\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f\ufeff', 'abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzks') = ANY (words)
  );
END
$$;--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION metadata_is_clean(jsonb) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION metadata_is_clean(jsonb) TO rowhouse_app, rowhouse_control;--> statement-breakpoint
-- The audit refuses every other jsonb column that has neither that CHECK nor a stated reason.
COMMENT ON COLUMN "tenants"."settings" IS 'jsonb exempt: what a tenant sets up for itself, such as its usual currency; no record of business';--> statement-breakpoint
COMMENT ON COLUMN "tenants"."branding" IS 'jsonb exempt: how a tenant looks; no record of business';--> statement-breakpoint
COMMENT ON COLUMN "audit_log"."old_values" IS 'jsonb exempt: copies of typed columns, under the names of those columns';--> statement-breakpoint
COMMENT ON COLUMN "audit_log"."new_values" IS 'jsonb exempt: copies of typed columns, under the names of those columns';--> statement-breakpoint
COMMENT ON COLUMN "mail_outbox"."content" IS 'jsonb exempt: written by the server only: the subject and the text of a mail';--> statement-breakpoint
-- And every other unique index of tenants' rows that could tell one tenant what another has.
COMMENT ON INDEX "api_keys_public_id" IS 'unique across tenants: made at random by the server, and looked up before the tenant is known';
