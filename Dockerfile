# The command line: docker build -t foreprint . && docker run --rm -v foreprint:/data foreprint status
# The server: docker run -p 127.0.0.1:8080:8080 -v foreprint:/data foreprint serve --host 0.0.0.0
# Before: npm ci && npm pack, which makes the archive that is installed here.
FROM node:24-slim
COPY foreprint-*.tgz /tmp/
RUN npm install --global --ignore-scripts --no-audit --no-fund /tmp/foreprint-*.tgz \
  && rm -rf /tmp/foreprint-*.tgz /root/.npm \
  && mkdir /data && chown node:node /data
USER node
WORKDIR /data
VOLUME /data
# Of `foreprint serve`.
EXPOSE 8080
ENTRYPOINT ["foreprint"]
CMD ["--help"]
