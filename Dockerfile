# One image for the server and its commands: `node dist/main.js` serves, `node dist/cli.js db:migrate` migrates.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  # What nothing reads where the service runs: half of it all. TypeScript came as the wish of a plugin that only builds.
  && rm -rf node_modules/typescript \
  && find node_modules -type f -name '*.map' -delete \
  && find node_modules -type f -name '*.d.[cm]ts' -delete -o -type f -name '*.d.ts' -delete \
  && find node_modules/@expo-google-fonts -name '*.ttf' ! -path '*/400Regular/*' ! -path '*/700Bold/*' -delete

FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Nothing that a build needs is made by an install script; the runtime and the servers of the tests are.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src src
RUN node node_modules/@nestjs/cli/bin/nest.js build && find dist -name '*.map' -delete && rm dist/.tsbuildinfo

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY drizzle drizzle
COPY --from=build /app/dist dist
# Where docker-compose.yml keeps the URLs that db:bootstrap made up.
RUN mkdir /var/lib/rowhouse && chown 1000:1000 /var/lib/rowhouse
# A number, so that Kubernetes can tell that it is not root.
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Rowhouse" \
  org.opencontainers.image.description="A multi-tenant REST backend on PostgreSQL" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.revision="$REVISION"
