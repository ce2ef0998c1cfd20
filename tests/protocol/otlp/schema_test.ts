import { type DescFile, fromBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { assertEquals } from "@std/assert";

import { file_opentelemetry_proto_collector_metrics_v1_metrics_service as service } from "@/proto/gen/opentelemetry/proto/collector/metrics/v1/metrics_service_pb.ts";
import { file_opentelemetry_proto_common_v1_common as common } from "@/proto/gen/opentelemetry/proto/common/v1/common_pb.ts";
import { file_opentelemetry_proto_metrics_v1_metrics as metrics } from "@/proto/gen/opentelemetry/proto/metrics/v1/metrics_pb.ts";
import { file_opentelemetry_proto_resource_v1_resource as resource } from "@/proto/gen/opentelemetry/proto/resource/v1/resource_pb.ts";

const SCHEMA = new URL("../../../proto/otlp_metrics.binpb", import.meta.url);

function describe(file: DescFile): unknown {
  return toJson(FileDescriptorProtoSchema, file.proto);
}

Deno.test("proto/gen says what the official schema says", async () => {
  const official = fromBinary(FileDescriptorSetSchema, await Deno.readFile(SCHEMA));
  const generated = [common, resource, metrics, service];
  assertEquals(official.file.map(({ name }) => name.split("/").at(-1)), [
    ...["common.proto", "resource.proto", "metrics.proto", "metrics_service.proto"],
  ]);
  assertEquals(
    generated.map(describe),
    official.file.map((file) => toJson(FileDescriptorProtoSchema, file)),
  );
});
