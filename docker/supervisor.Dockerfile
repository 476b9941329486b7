# The Supervisor, with child workers or keepers elsewhere.
# From the repository's root:
#   dotnet publish src/Supervisor -c Release --use-current-runtime --self-contained false -o artifacts/publish/supervisor
#   docker build -f docker/supervisor.Dockerfile --target runtime -t workerpool/supervisor:0.1.0 .
# or, with nothing but Docker, without --target: the program is built in a stage with the SDK.
ARG BASE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0

FROM ${BASE} AS base
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="workerpool/supervisor" \
      org.opencontainers.image.description="Maps functions over items: the service" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT"
# What listens where is said by settings; the base's own default would only be overridden.
ENV ASPNETCORE_HTTP_PORTS=""
# Logs for machines: an object a line, with its time.
ENV Logging__Console__FormatterName=json \
    Logging__Console__FormatterOptions__TimestampFormat="yyyy-MM-ddTHH:mm:ss.fffZ " \
    Logging__Console__FormatterOptions__UseUtcTimestamp=true
WORKDIR /app
USER 1654:1654
EXPOSE 50051 8080 50052
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "/app/WorkerPool.Supervisor.dll"]

# A finished publish folder.
FROM base AS runtime
ARG PUBLISHED=artifacts/publish/supervisor
COPY ${PUBLISHED}/ ./

FROM ${SDK} AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Supervisor -c Release --use-current-runtime --self-contained false -o /published

FROM base
COPY --from=build /published/ ./
