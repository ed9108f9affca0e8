import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/**/*.schema.ts',
  out: './drizzle',
  // Only db:studio sets it.
  ...(process.env['STUDIO_DATABASE_URL'] && { dbCredentials: { url: process.env['STUDIO_DATABASE_URL'] } }),
});
