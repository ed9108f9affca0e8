const MARK = '[redacted]';

/**
 * What a credential looks like, wherever it stands in a line of JSON; the first group stays. Public ids stay, so that a
 * key can be named. Literals before repetitions, and no two repetitions that match the same text: time is linear.
 */
const CREDENTIALS: readonly RegExp[] = [
  // API keys: rh_<public id>_<secret>
  /(rh_[0-9a-f]{20}_)[0-9a-f]{8,}/g,
  // Invitation tokens
  /(inv_)[\w-]{32,}/g,
  // Links to quotes
  /(quo_)[\w-]{32,}/g,
  // JSON Web Tokens
  /()eyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g,
  // postgres://user:password@host, and every other URL
  /(:\/\/[^\s/@:"\\]*:)(?:[^\s@"\\]|\\.)+(?=@)/g,
  // Authorization headers, in words
  /(\b(?:[Bb]earer|[Bb]asic) +)(?=[^\s"]*\d)[\w.~+/=-]{8,}/g,
  // Fields whose name says it, also in JSON inside of a string
  /(\\*"(?:[Aa]uthorization|[Pp]roxy-[Aa]uthorization|[Cc]ookie|[Ss]et-[Cc]ookie|[Xx]-[Aa]pi-[Kk]ey|apiKey|password|secret|token|accessToken|refreshToken|clientSecret)\\*" *: *\[?\\*")(?:[^"\\]|\\.)+/g,
  // Parameters of URLs
  /([?&](?:token|access_token|api_key|key|secret|password|code)=)[^&\s"\\]+/g,
];

/** What at least one of the patterns above needs; most lines have none of it. */
const SUSPICION =
  /rh_|inv_|quo_|eyJ|:\/\/|earer|asic |ookie|uthorization|pi-[Kk]ey|piKey|assword|ecret|oken|[?&]\w+=/;

/** A line of the log without credentials; still the JSON that it was. */
export function scrub(line: string): string {
  if (!SUSPICION.test(line)) return line;
  let scrubbed = line;
  for (const pattern of CREDENTIALS) scrubbed = scrubbed.replace(pattern, `$1${MARK}`);
  return scrubbed;
}
