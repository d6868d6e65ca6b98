#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-only
"""spread.py FROM TO: sends packets of EtherType 0x88b5, of 64 flows, out of an interface, and prints how
many each of four sockets gets that share what comes to another one by its hash."""
import socket
import struct
import sys

FANOUT = 18  # PACKET_FANOUT, by PACKET_FANOUT_HASH, which is 0
TOY = 0x88B5
source, target = sys.argv[1:]


def receiver():
    sock = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(TOY))
    sock.bind((target, TOY))
    sock.setsockopt(263, FANOUT, struct.pack("=HH", 4711, 0))  # SOL_PACKET
    sock.setblocking(False)
    return sock


def count(sock):
    packets = 0
    while True:
        try:
            sock.recv(100)
        except BlockingIOError:
            return packets
        packets += 1


receivers = [receiver() for _ in range(4)]
sender = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
sender.bind((source, TOY))
for port in range(64):
    sender.send(bytes.fromhex("020000000002020000000001 88b5") + struct.pack(">HHII", 1000 + port, 80, 0x0A000001, 0x0A000002))
print(*sorted((count(sock) for sock in receivers), reverse=True))
