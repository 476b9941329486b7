"""A client of WorkerPool that shares no code with it: grpcio, and messages made from a descriptor set.

Usage: client.py ADDRESS DESCRIPTOR_SET. Prints one JSON object with what it saw.
"""

import json
import queue
import struct
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory

ITEM_COUNT = 5000
BATCH_ITEMS = 700


def messages(path):
    """Returns a function from the full name of a message to its class."""
    files = descriptor_pb2.FileDescriptorSet()
    with open(path, "rb") as source:
        files.ParseFromString(source.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)

    def message_class(name):
        descriptor = pool.FindMessageTypeByName(name)
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(pool).GetPrototype(descriptor)

    return message_class


class Client:
    def __init__(self, address, message_class):
        self.channel = grpc.insecure_channel(address)
        self.message = message_class

    def method(self, kind, name, request, response):
        return getattr(self.channel, kind)(
            f"/workerpool.v1.PoolService/{name}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self.message(f"workerpool.v1.{response}").FromString,
        )

    def make(self, name, fields):
        return json_format.ParseDict(fields, self.message(f"workerpool.v1.{name}")())

    def map(self):
        call = self.method("unary_stream", "Map", "MapRequest", "MapResponse")
        request = self.make("MapRequest", {"function": "square", "items": [1, 2, 3]})
        return [json_format.MessageToDict(response) for response in call(request, timeout=60)]

    def apply(self):
        call = self.method("unary_unary", "Apply", "ApplyRequest", "ApplyResponse")
        request = self.make("ApplyRequest", {"function": "power", "value": [2, 10]})
        return json_format.MessageToDict(call(request, timeout=60))

    def failure(self):
        call = self.method("unary_unary", "Apply", "ApplyRequest", "ApplyResponse")
        try:
            call(self.make("ApplyRequest", {"function": "squar"}), timeout=60)
        except grpc.RpcError as error:
            return {"code": error.code().name, "message": error.details()}
        return None

    def map_stream(self):
        """Sends items as far as the window allows and acknowledges every message of results."""
        call = self.method("stream_stream", "MapStream", "MapStreamRequest", "MapStreamResponse")
        requests = queue.Queue()
        requests.put(self.make("MapStreamRequest", {"start": {"function": "square", "itemCount": ITEM_COUNT}}))
        sent = taken = value_bytes = acknowledgements = most_open = window = 0
        results, summary = [], None

        def send():
            nonlocal sent, most_open
            while sent < ITEM_COUNT and sent - taken < window:
                count = min(BATCH_ITEMS, ITEM_COUNT - sent, window - (sent - taken))
                items = [str(index).encode() for index in range(sent, sent + count)]
                request = self.message("workerpool.v1.MapStreamRequest")()
                request.items.first_index = sent
                request.items.items.sizes = struct.pack(f"<{count}I", *(len(item) for item in items))
                request.items.items.data = b"".join(items)
                requests.put(request)
                sent += count
                most_open = max(most_open, sent - taken)
                if sent == ITEM_COUNT:
                    requests.put(self.make("MapStreamRequest", {"end": {}}))

        for response in call(iter(requests.get, None), timeout=60):
            event = response.WhichOneof("event")
            if event == "started":
                window = response.started.window_items
            elif event == "results":
                for batch in response.results.batches:
                    offset = 0
                    for position, (size,) in enumerate(struct.iter_unpack("<I", batch.values.sizes)):
                        value = batch.values.data[offset:offset + size]
                        results.append((batch.first_index + position, int(value)))
                        offset += size
                    value_bytes += offset
                taken = len(results)
                acknowledgements += 1
                requests.put(self.make(
                    "MapStreamRequest", {"acknowledgement": {"results": taken, "valueBytes": value_bytes}}))
            else:
                summary = json_format.MessageToDict(response.summary)
                requests.put(None)
            send()

        return {
            "right": results == [(index, index * index) for index in range(ITEM_COUNT)],
            "count": len(results),
            "window": window,
            "mostOpen": most_open,
            "acknowledgements": acknowledgements,
            "ledger": summary["ledger"],
        }


def main():
    client = Client(sys.argv[1], messages(sys.argv[2]))
    print(json.dumps({
        "map": client.map(),
        "apply": client.apply(),
        "failure": client.failure(),
        "mapStream": client.map_stream(),
    }))


main()
