// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "support/vectors.hpp"

#include "support/check.hpp"
#include "support/sha256.hpp"

#include <mcx/idm/scopes.hpp>
#include <mcx/kms/certificate.hpp>
#include <mcx/kms/key_set.hpp>
#include <mcx/kms/uid.hpp>
#include <mcx/oauth/authorization.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>
#include <string_view>

// The values of key management that were published without a document around them: key sets, UIDs,
// the names of scopes. The documents are read by kms_xml.cpp.

using mcx::test::string_in;
namespace kms = mcx::kms;
namespace test = mcx::test;

TEST_CASE("every file of KMS vectors has a reader, here or in kms_xml.cpp") {
    if (test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    constexpr std::string_view readers[]{
        "kms_key_sets.json",    "kms_xml_cases.json",           "mc_scopes.json",
        "mikey_sakke_uid.json", "streamwide_init_response.xml", "streamwide_key_prov_response.xml"};
    std::size_t seen = 0;
    for (auto const& entry : std::filesystem::directory_iterator(test::vectors_folder() + "/kms")) {
        std::string const name = entry.path().filename().string();
        CAPTURE(name);
        CHECK(std::find(std::begin(readers), std::end(readers), name) != std::end(readers));
        ++seen;
    }
    CHECK(seen == std::size(readers));
}

TEST_CASE("the scopes of clients in the field are known, of whatever release") {
    if (test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = test::members_in(test::vectors_file("kms/mc_scopes.json"));
    std::size_t seen = 0;
    for (char const* const release : {"current", "release_13"}) {
        for (auto const& written :
             test::elements_in(file.contains(release) ? file.at(release) : "[]")) {
            CAPTURE(written);
            CHECK(mcx::idm::is_known_scope(string_in(written)));
            ++seen;
        }
    }
    CHECK(seen == std::size(mcx::idm::detail::known_scopes) + 4);
    auto const acr = test::elements_in(file.contains("acr") ? file.at("acr") : "[]");
    CHECK(acr.size() == 1);
    CHECK((acr.size() == 1 && string_in(acr[0]) == mcx::oauth::acr_password.view()));
}

TEST_CASE("the key sets of the vectors belong to their certificate") {
    if (test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = test::members_in(test::vectors_file("kms/kms_key_sets.json"));
    CHECK(file.contains("certificate"));
    if (!file.contains("certificate")) {
        return;
    }
    auto const c = test::members_in(file.at("certificate"));
    auto const text = [](test::json_members const& of, char const* name) {
        return string_in(of.at(name));
    };
    std::string const uri = text(c, "KmsUri");
    std::string const format = text(c, "UserIdFormat");
    std::string const period = text(c, "UserKeyPeriod");
    std::string const offset = text(c, "UserKeyOffset");
    std::string const encryption = text(c, "PubEncKey");
    std::string const authentication = text(c, "PubAuthKey");
    kms::certificate_fields f;
    f.kms_uri = uri;
    f.user_id_format = format;
    f.user_key_period = period;
    f.user_key_offset = offset;
    f.pub_enc_key = encryption;
    f.pub_auth_key = authentication;
    f.role = "Root";
    auto const own = kms::certificate::from(f);
    CHECK(own);
    std::size_t seen = 0;
    for (auto const& written : test::elements_in(file.at("key_sets"))) {
        auto const s = test::members_in(written);
        std::string const user = text(s, "UserUri");
        std::string const id = text(s, "UserID");
        std::string const number = text(s, "KeyPeriodNo");
        std::string const rsk = text(s, "UserDecryptKey");
        std::string const ssk = text(s, "UserSigningKeySSK");
        std::string const pvt = text(s, "UserPubTokenPVT");
        kms::key_set_fields k;
        k.kms_uri = uri;
        k.user_uri = user;
        k.user_id = id;
        k.key_period_no = number;
        k.user_decrypt_key.digits = rsk;
        k.user_signing_key_ssk.digits = ssk;
        k.user_pub_token_pvt.digits = pvt;
        auto const set = kms::key_set::from(k);
        CHECK(set);
        CHECK((own && set && set->belongs_to<test::sha256>(*own)));
        ++seen;
    }
    CHECK(seen == 2);
}

TEST_CASE("the UIDs of the vectors are made") {
    if (test::vectors_folder().empty()) {
        MESSAGE("MCX_VECTORS is not set: nothing was checked");
        return;
    }
    auto const file = test::members_in(test::vectors_file("kms/mikey_sakke_uid.json"));
    CHECK(file.contains("cases"));
    std::size_t seen = 0;
    for (auto const& written :
         test::elements_in(file.contains("cases") ? file.at("cases") : "[]")) {
        auto const c = test::members_in(written);
        auto const made = kms::unchecked_uid<test::sha256>(
            kms::user_uri::from(string_in(c.at("uri"))).value_or(kms::user_uri{}),
            kms::kms_uri::from(string_in(c.at("kms_uri"))).value_or(kms::kms_uri{}),
            std::stoull(c.at("key_period")), std::stoull(c.at("key_period_offset")),
            std::stoull(c.at("key_period_no")));
        auto const due = kms::uid::parse(string_in(c.at("uid")));
        CHECK((made && due && *made == *due));
        ++seen;
    }
    CHECK(seen == 4);
}
