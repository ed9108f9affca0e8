-- The comments stay: the steps before say nothing of them. No column is checked by the function before the next step.
DROP FUNCTION "metadata_is_clean"(jsonb);
