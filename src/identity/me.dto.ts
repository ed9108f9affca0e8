export class MeTenantDto {
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example acme */
  slug!: string;
  /** @example "Acme Ltd" */
  name!: string;
}

export class MePrincipalDto {
  /** @example api_key */
  kind!: string;
  /** @example 0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60 */
  id!: string;
  /** @example "deploy pipeline" */
  name!: string;
}

export class MeDto {
  principal!: MePrincipalDto;
  tenant!: MeTenantDto;
  /** @example ["tenant:read"] */
  scopes!: string[];
}
