FROM node:24-bookworm-slim AS build
WORKDIR /tandem
COPY package.json package-lock.json .npmrc ./
COPY libs/adapters-manhattan/package.json libs/adapters-manhattan/
COPY libs/adapters-salesforce/package.json libs/adapters-salesforce/
COPY libs/domain/package.json libs/domain/
COPY libs/messaging/package.json libs/messaging/
COPY apps/sync-api/package.json apps/sync-api/
COPY apps/vendor-twins/package.json apps/vendor-twins/
COPY test/package.json test/
RUN npm ci --loglevel=error
COPY . .
# What is not run is not shipped: development packages, sources, the twins and the tests.
RUN node scripts/build.mjs \
  && npm prune --omit=dev --loglevel=error \
  && rm -rf test scripts apps/vendor-twins node_modules/@tandem/test node_modules/@tandem/vendor-twins \
  && find libs apps -mindepth 2 -maxdepth 2 \( -name src -o -name testing -o -name fixtures \) -exec rm -rf {} +

FROM node:24-bookworm-slim
# Of itself V8 lets garbage grow to a fourth of the machine before it collects it; what is alive is a few dozen megabytes.
ENV NODE_ENV=production TANDEM_HTTP_HOST=0.0.0.0 NODE_OPTIONS="--max-semi-space-size=8 --max-old-space-size=256"
WORKDIR /tandem
COPY --from=build /tandem/package.json ./
COPY --from=build /tandem/node_modules node_modules
COPY --from=build /tandem/libs libs
COPY --from=build /tandem/apps/sync-api apps/sync-api
COPY --from=build /tandem/config config
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/sync-api/dist/src/main.js"]
