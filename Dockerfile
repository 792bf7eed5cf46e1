# syntax=docker/dockerfile:1

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
# What is copied, .dockerignore names.
COPY . .
RUN npm run build

# To try it without an account: `docker compose --profile sandbox up`.
FROM build AS sandbox
USER node
EXPOSE 8090
ENTRYPOINT ["node", "--import", "tsx", "sandbox/main.ts", "--host", "0.0.0.0"]

FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# Nothing optional is needed, and one of them is the compiler.
RUN npm ci --omit=dev --omit=optional && npm cache clean --force

FROM node:24-slim AS service
# Process 1 must pass signals on and reap what it inherits; Node does neither by itself.
RUN apt-get update \
    && apt-get install -y --no-install-recommends tini \
    && rm -rf /var/lib/apt/lists/*
# A worker answers at the same port as everything else, so one check of health serves all.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 WORKER_PORT=3000
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=3s --start-period=20s --retries=3 \
    CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/main.js", "serve"]
